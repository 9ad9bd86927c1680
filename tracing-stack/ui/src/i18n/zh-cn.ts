import type { Catalogue } from './en.ts';

const locale = 'zh-CN';
const numbers = new Intl.NumberFormat(locale);
const n = (count: number) => numbers.format(count);

/** Simplified Chinese. span, trace and the names of fields stay as they are: so engineers say and search them. */
export const zhCn: Catalogue = {
  locale,
  number: n,
  spans: (count) => `${n(count)} 个 span`,
  errors: (count) => `${n(count)} 个错误`,
  orphans: (count) => `${n(count)} 个孤儿 span`,
  orphanHint: '父 span 尚未到达：可能未被采样、在途中丢失，或从未结束。',
  copy: '复制',
  copied: '已复制',
  loading: '加载中…',
  tryAgain: '重试',

  shell: {
    home: 'Spoor，搜索',
    pages: '页面',
    search: '搜索',
    compare: '比较',
    services: '服务',
    monitor: '监控',
    learn: '学习',
    skip: '跳到正文',
    traceId: 'Trace ID',
    openTrace: '打开',
    traceIdHint: 'Trace ID 为 1 到 32 位十六进制数。',
    darkTheme: '深色主题',
    keys: '键盘快捷键',
    notLoaded: '页面加载失败',
    missingTitle: '没有这个页面',
    missing: (path) => `${path} 下没有内容。`,
    toSearch: '前往搜索页',
  },

  search: {
    title: 'trace 列表',
    pageTitle: '搜索 · Spoor',
    filters: '筛选条件',
    service: '服务',
    allServices: '全部服务',
    operation: '操作',
    allOperations: '全部操作',
    tags: '标签',
    tagsHint: '同一个 span 须带有的键值对，例如',
    tagsExample: 'error=true http.status_code=500',
    minDuration: '最短耗时',
    maxDuration: '最长耗时',
    durationHint: '单个 span 的耗时：1.2s、100ms、500us',
    lookback: '时间范围',
    lookbacks: {
      '5m': '最近 5 分钟',
      '15m': '最近 15 分钟',
      '1h': '最近 1 小时',
      '3h': '最近 3 小时',
      '6h': '最近 6 小时',
      '12h': '最近 12 小时',
      '24h': '最近 24 小时',
      '2d': '最近 2 天',
      '7d': '最近 7 天',
      '30d': '最近 30 天',
      custom: '自定义',
    },
    lastSpan: (lookback) => `最近 ${lookback}`,
    from: '起始时间',
    to: '结束时间',
    limit: '条数上限',
    find: '查找 trace',
    found: (count) => `${n(count)} 条 trace`,
    limited: (limit, isLongest) =>
      isLongest
        ? `仅列出最长的 ${n(limit)} 条，可能还有更短的`
        : `仅列出最新的 ${n(limit)} 条，可能还有更早的`,
    sortBy: '排序',
    sort: { newest: '最新', longest: '耗时最长', spans: 'span 最多', errors: '错误最多' },
    noName: '未命名',
    failed: '搜索失败',
    scale: (end) => `条形以 ${end} 为满格，超出的截断：`,
  },
};
