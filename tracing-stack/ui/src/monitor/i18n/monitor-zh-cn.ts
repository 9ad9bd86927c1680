import type { MonitorCatalogue } from './monitor-en.ts';

const percents = new Intl.NumberFormat('zh-CN', { style: 'percent', maximumSignificantDigits: 2 });
const rates = new Intl.NumberFormat('zh-CN', { maximumSignificantDigits: 3 });

export const monitorZhCn: MonitorCatalogue = {
  title: '监控',
  pageTitle: '监控 · Spoor',
  service: '服务',
  kind: 'span 类型',
  lookback: '时间范围',
  kinds: {
    server: '服务端（server）',
    client: '客户端（client）',
    producer: '生产者（producer）',
    consumer: '消费者（consumer）',
    internal: '内部（internal）',
    unspecified: '未注明',
  },
  latency: '延迟',
  rate: '请求速率',
  errors: '错误率',
  percent: (part) => percents.format(part),
  perSecond: (rate) => `每秒 ${rates.format(rate)} 次`,
  chart: (name, lines) => `${name}曲线：${lines}`,
  line: (name, last, most) => `${name} 最近 ${last}，最高 ${most}`,
  none: '无数据',
  operations: '操作列表',
  operation: '操作',
  p95: 'P95 延迟',
  impact: '影响',
  impactHint: '速率乘以延迟，相对于其中最大的操作。',
  each: (time) => `每个点统计此前 ${time} 内的调用，由已存储的 span 计算得出。`,
  failed: '无法计算指标',
  emptyTitle: '没有可统计的内容',
  empty: '这段时间内，该服务没有这种类型的 span。请换一种类型，或扩大时间范围。',
  noServicesTitle: '还没有服务上报',
  noServices: '在另一个终端运行第 3 课，发送一些 span：',
};
