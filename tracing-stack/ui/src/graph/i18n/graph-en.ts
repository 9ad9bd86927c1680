const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);
const counted = (count: number, one: string, many: string) =>
  `${n(count)} ${count === 1 ? one : many}`;
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });

/** The texts of the service graph. */
export const graphEn = {
  percent: (part: number) => percents.format(part),
  pageTitle: 'Services · Spoor',
  title: 'Service graph',
  counts: (services: number, calls: number) =>
    `${counted(services, 'service', 'services')}, ${counted(calls, 'call', 'calls')}`,
  lookback: 'Calls of',
  focus: 'Focus',
  allServices: 'All services',
  graph: 'Services and their calls',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show all of it',
  calls: 'Calls',
  services: 'Services',
  caller: 'Caller',
  callee: 'Callee',
  service: 'Service',
  errors: 'Errors',
  latency: '95th percentile',
  latencyColumn: 'p95',
  latencyShort: (duration: string) => `p95 ${duration}`,
  callsIn: 'Called',
  callsOut: 'Calls others',
  ownCalls: (count: number) => `calls itself ${counted(count, 'time', 'times')}`,
  listOf: 'Lists',
  findTraces: 'Find its traces',
  showAll: 'Show all services',
  counting: 'Working out errors and latency…',
  noFigures: 'Errors and latency could not be worked out',
  askFigures: 'Work out errors and latency',
  figuresHint: 'Of the spans with span.kind=server, over the whole time.',
  failed: 'The calls could not be read',
  emptyTitle: 'No service has called another',
  empty: 'A call is counted where a span’s parent belongs to another service. Make some:',
  emptyJob:
    'On Elasticsearch and Cassandra a job counts the calls, once a day or when you run it: npm run dependencies.',
  lookFurther: 'Look at the last 30 days',
  tooManyTitle: 'Too many to draw at once',
  tooMany: (services: number, links: number) =>
    `${n(services)} services with ${n(links)} links: choose one to focus on. The lists have all of them.`,
  notHereTitle: 'This service has no calls',
  notHere: (name: string) => `${name} neither called another service in this time nor was called.`,
};

export type GraphCatalogue = typeof graphEn;
