const percents = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });
const rates = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** The texts of the monitor. */
export const monitorEn = {
  title: 'Monitor',
  pageTitle: 'Monitor · Spoor',
  service: 'Service',
  kind: 'Spans of kind',
  lookback: 'Time',
  kinds: {
    server: 'server',
    client: 'client',
    producer: 'producer',
    consumer: 'consumer',
    internal: 'internal',
    unspecified: 'not said',
  },
  latency: 'Latency',
  rate: 'Request rate',
  errors: 'Error rate',
  percent: (part: number) => percents.format(part),
  perSecond: (rate: number) => `${rates.format(rate)}/s`,
  chart: (name: string, lines: string) => `${name}: ${lines}`,
  line: (name: string, last: string, most: string) => `${name} ${last} at last, ${most} at most`,
  none: 'nothing',
  operations: 'Operations',
  operation: 'Operation',
  p95: 'P95 latency',
  impact: 'Impact',
  impactHint: 'Rate times latency, beside the operation where that is most.',
  each: (time: string) =>
    `Each point is of the calls in the ${time} before it, worked out from the spans that are stored.`,
  failed: 'The figures could not be worked out',
  emptyTitle: 'Nothing to measure',
  empty:
    'In this time the service has no spans of this kind. Choose another kind or a longer time.',
  noServicesTitle: 'No service reports here',
  noServices: 'Send some spans with lesson 3, in a second terminal:',
};

export type MonitorCatalogue = typeof monitorEn;
