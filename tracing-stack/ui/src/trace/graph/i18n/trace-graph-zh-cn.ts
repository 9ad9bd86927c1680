import type { TraceGraphCatalogue } from './trace-graph-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);

export const traceGraphZhCn: TraceGraphCatalogue = {
  label: 'trace 的调用图',
  groupBy: '分组方式',
  byOperation: '服务与操作',
  byService: '服务',
  shown: (nodes, spans) => `${n(spans)} 个 span，${n(nodes)} 组`,
  onlyServices: (groups) => `共有 ${n(groups)} 种服务与操作，无法全部画出：这里按服务分组。`,
  tooManyTitle: '分组太多，无法画出',
  tooMany: (groups) => `共有 ${n(groups)} 个服务，请查看统计视图。`,
  spans: (count) => `${n(count)} 个 span`,
  time: (total, self) => `${total}，自身 ${self}`,
  errors: (count) => `${n(count)} 个错误`,
  ownCalls: (count) => `其中 ${n(count)} 个直接位于同组的 span 之下`,
  longest: '打开耗时最长的 span。',
  legend: '方框下方的线：占全部自身耗时的比例。箭头上的数字：span 的个数。',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '适应窗口',
};
