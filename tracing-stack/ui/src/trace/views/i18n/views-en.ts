const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });

/** The texts of the trace page's views beside the timeline. */
export const viewsEn = {
  percent: (part: number) => percents.format(part),
  service: 'Service',
  operation: 'Operation',
  start: 'Starts after',
  duration: 'Duration',
  self: 'Self time',
  selfHint: 'Its time less that in which a child of it was under way.',
  spanId: 'Span id',
  logs: 'Logs',
  spans: {
    label: 'All spans of the trace',
    shown: (shown: number, all: number) => `${n(shown)} of ${n(all)} spans`,
    none: 'No span matches',
  },
  statistics: {
    label: 'Spans by group',
    groupBy: 'Group by',
    byService: 'Service',
    byOperation: 'Service and operation',
    tags: 'Tags of spans',
    processTags: 'Tags of processes',
    groups: (count: number) => `${n(count)} ${count === 1 ? 'group' : 'groups'}`,
    without: 'Without this tag',
    count: 'Spans',
    errors: 'Errors',
    total: 'Total',
    average: 'Average',
    min: 'Shortest',
    max: 'Longest',
  },
  flame: {
    label: 'Flame graph',
    explained:
      'As wide as the spans and all beneath them were at work themselves; those with the same way down are one.',
    node: (name: string, spans: number, time: string, self: string, share: string) =>
      `${name}, ${n(spans)} ${spans === 1 ? 'span' : 'spans'}, ${time} (${share}), itself ${self}`,
    time: 'Time at work',
    errors: 'Errors',
    longest: 'Open the longest span',
    reset: 'Show the whole trace',
  },
  allLogs: {
    label: 'Logs of all spans',
    time: 'Time',
    span: 'Span',
    fields: 'Fields',
    shown: (shown: number, all: number) => `${n(shown)} of ${n(all)} logs`,
    noneTitle: 'No span of this trace has logs',
    none: 'A log is written with span.log(), and shown at its time.',
    noMatch: 'No log matches',
  },
  json: {
    label: 'The trace as JSON',
    lines: (count: number) => `${n(count)} lines`,
    shown: (shown: number, all: number) =>
      `The first ${n(shown)} of ${n(all)} lines; the download has all.`,
    copy: 'Copy the JSON',
    download: 'Download',
    downloadAs: (format: string) => `Download as ${format}`,
    failed: 'The JSON could not be read',
  },
};

export type ViewsCatalogue = typeof viewsEn;
