import type { GraphCatalogue } from './graph-en.ts';

const numbers = new Intl.NumberFormat('zh-CN');
const n = (count: number) => numbers.format(count);
const percents = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumSignificantDigits: 2 });

export const graphZhCn: GraphCatalogue = {
  percent: (part) => percents.format(part),
  pageTitle: '服务 · Spoor',
  title: '服务依赖图',
  counts: (services, calls) => `${n(services)} 个服务，${n(calls)} 次调用`,
  lookback: '时间范围',
  focus: '聚焦',
  allServices: '全部服务',
  graph: '服务及其调用',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '显示全部',
  calls: '调用',
  services: '服务',
  caller: '调用方',
  callee: '被调用方',
  service: '服务',
  errors: '错误率',
  latency: '第 95 百分位',
  latencyColumn: 'p95 延迟',
  latencyShort: (duration) => `p95 延迟 ${duration}`,
  callsIn: '被调用次数',
  callsOut: '调用其他服务',
  ownCalls: (count) => `调用自身 ${n(count)} 次`,
  listOf: '列表',
  findTraces: '查找它的 trace',
  showAll: '显示全部服务',
  counting: '正在计算错误率和延迟…',
  noFigures: '无法计算错误率和延迟',
  askFigures: '计算错误率和延迟',
  figuresHint: '按整个时间范围内 span.kind=server 的 span 计算。',
  failed: '无法读取服务间的调用',
  emptyTitle: '还没有服务调用其他服务',
  empty: '当一个 span 的父 span 属于另一个服务时，计为一次调用。运行第 3 课即可产生：',
  emptyJob:
    '使用 Elasticsearch 或 Cassandra 时，调用次数由作业统计，每天一次，也可以手动运行：npm run dependencies。',
  lookFurther: '查看最近 30 天',
  tooManyTitle: '数量过多，无法一次画出',
  tooMany: (services, links) =>
    `共有 ${n(services)} 个服务、${n(links)} 条依赖：请选择一个服务聚焦。列表中包含全部内容。`,
  notHereTitle: '此服务没有调用',
  notHere: (name) => `在此时间范围内，${name} 没有调用其他服务，也没有被调用。`,
};
