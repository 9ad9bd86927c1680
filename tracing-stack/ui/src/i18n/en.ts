const locale = 'en';
const numbers = new Intl.NumberFormat(locale);
const n = (count: number) => numbers.format(count);
const counted = (count: number, one: string, many: string) =>
  `${n(count)} ${count === 1 ? one : many}`;

/** The texts of the search page and of what stands around every page. A further language is an object of the same shape. */
export const en = {
  locale,
  number: n,
  spans: (count: number) => counted(count, 'span', 'spans'),
  errors: (count: number) => counted(count, 'error', 'errors'),
  orphans: (count: number) => counted(count, 'orphan', 'orphans'),
  orphanHint: 'Its parent has not arrived: not sampled, lost on the way, or never finished.',
  copy: 'Copy',
  copied: 'Copied',
  loading: 'Loading…',
  tryAgain: 'Try again',

  shell: {
    home: 'Spoor, search',
    pages: 'Pages',
    search: 'Search',
    compare: 'Compare',
    services: 'Services',
    monitor: 'Monitor',
    learn: 'Learn',
    skip: 'Skip to the content',
    traceId: 'Trace id',
    openTrace: 'Open',
    traceIdHint: 'A trace id is 1 to 32 hex digits.',
    darkTheme: 'Dark theme',
    keys: 'Keyboard shortcuts',
    notLoaded: 'The page could not be loaded',
    missingTitle: 'There is no such page',
    missing: (path: string) => `Nothing is served at ${path}.`,
    toSearch: 'Go to the search page',
  },

  search: {
    title: 'Traces',
    pageTitle: 'Search · Spoor',
    filters: 'Filters',
    service: 'Service',
    allServices: 'All services',
    operation: 'Operation',
    allOperations: 'All operations',
    tags: 'Tags',
    tagsHint: 'Pairs that one span must carry, such as',
    tagsExample: 'error=true http.status_code=500',
    minDuration: 'Min duration',
    maxDuration: 'Max duration',
    durationHint: 'Of a span: 1.2s, 100ms, 500us',
    lookback: 'Lookback',
    lookbacks: {
      '5m': 'Last 5 minutes',
      '15m': 'Last 15 minutes',
      '1h': 'Last hour',
      '3h': 'Last 3 hours',
      '6h': 'Last 6 hours',
      '12h': 'Last 12 hours',
      '24h': 'Last 24 hours',
      '2d': 'Last 2 days',
      '7d': 'Last 7 days',
      '30d': 'Last 30 days',
      custom: 'Custom range',
    },
    lastSpan: (lookback: string) => `Last ${lookback}`,
    from: 'From',
    to: 'To',
    limit: 'Limit',
    find: 'Find traces',
    found: (count: number) => counted(count, 'trace', 'traces'),
    limited: (limit: number, isLongest: boolean) =>
      isLongest
        ? `the longest ${n(limit)}; shorter ones may exist`
        : `the newest ${n(limit)}; older ones may exist`,
    sortBy: 'Sort by',
    sort: { newest: 'Newest', longest: 'Longest', spans: 'Most spans', errors: 'Most errors' },
    noName: 'no name',
    failed: 'The search failed',
    scale: (end: string) => `Bars end at ${end}; longer traces are cut off:`,
  },
};

export type Catalogue = typeof en;
