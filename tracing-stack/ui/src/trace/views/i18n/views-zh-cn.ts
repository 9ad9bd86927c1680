import type { ViewsCatalogue } from './views-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);
const percents = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumSignificantDigits: 2 });

export const viewsZhCn: ViewsCatalogue = {
  percent: (part) => percents.format(part),
  service: '服务',
  operation: '操作',
  start: '相对开始时间',
  duration: '耗时',
  self: '自身耗时',
  selfHint: '自身耗时 = 总耗时减去有子 span 在执行的时间。',
  spanId: 'Span ID',
  logs: '日志',
  spans: {
    label: 'trace 的全部 span',
    shown: (shown, all) => `${n(shown)}/${n(all)} 个 span`,
    none: '没有匹配的 span',
  },
  statistics: {
    label: '分组统计',
    groupBy: '分组方式',
    byService: '服务',
    byOperation: '服务与操作',
    tags: 'span 的标签',
    processTags: '进程的标签',
    groups: (count) => `${n(count)} 组`,
    without: '没有此标签',
    count: 'span 数',
    errors: '错误',
    total: '总耗时',
    average: '平均',
    min: '最短',
    max: '最长',
  },
  flame: {
    label: '火焰图',
    explained: '宽度为这些 span 及其下级自身耗时之和；调用路径相同的 span 合并显示。',
    node: (name, spans, time, self, share) =>
      `${name}，${n(spans)} 个 span，${time}（${share}），自身 ${self}`,
    time: '执行时间',
    errors: '错误',
    longest: '打开耗时最长的 span',
    reset: '显示整条 trace',
  },
  allLogs: {
    label: '全部 span 的日志',
    time: '时间',
    span: 'span 名称',
    fields: '字段',
    shown: (shown, all) => `${n(shown)}/${n(all)} 条日志`,
    noneTitle: '这条 trace 的 span 没有日志',
    none: '用 span.log() 写下的日志，会按时间显示在这里。',
    noMatch: '没有匹配的日志',
  },
  json: {
    label: 'JSON 格式的 trace',
    lines: (count) => `${n(count)} 行`,
    shown: (shown, all) => `仅显示前 ${n(shown)} 行，共 ${n(all)} 行；下载的文件包含全部内容。`,
    copy: '复制 JSON',
    download: '下载',
    downloadAs: (format) => `下载为 ${format}`,
    failed: '无法读取 JSON',
  },
};
