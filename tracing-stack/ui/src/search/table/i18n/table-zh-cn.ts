import type { TableCatalogue } from './table-en.ts';

export const tableZhCn: TableCatalogue = {
  label: '搜索到的 trace',
  columns: {
    trace: 'trace',
    services: '服务',
    spanCount: 'span',
    errorCount: '错误',
    orphanCount: '孤儿 span',
    duration: '耗时',
    start: '开始时间',
  },
};
