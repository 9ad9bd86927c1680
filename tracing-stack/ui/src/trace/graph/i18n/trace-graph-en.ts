const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);

/** The texts of the graph of a trace. */
export const traceGraphEn = {
  label: 'Graph of the trace',
  groupBy: 'Group by',
  byOperation: 'Service and operation',
  byService: 'Service',
  shown: (nodes: number, spans: number) =>
    `${n(nodes)} ${nodes === 1 ? 'group' : 'groups'} of ${n(spans)} ${spans === 1 ? 'span' : 'spans'}`,
  onlyServices: (groups: number) =>
    `${n(groups)} services and operations are too many to be drawn: here are the services.`,
  tooManyTitle: 'Too many groups to be drawn',
  tooMany: (groups: number) => `${n(groups)} services. The statistics list them.`,
  spans: (count: number) => `${n(count)} ${count === 1 ? 'span' : 'spans'}`,
  time: (total: string, self: string) => `${total}, itself ${self}`,
  errors: (count: number) => `${n(count)} ${count === 1 ? 'error' : 'errors'}`,
  ownCalls: (count: number) => `${n(count)} right below another of the same group`,
  longest: 'Opens the longest span.',
  legend:
    'The line below a box: its part of all self time. The number at an arrow: how many spans.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
};

export type TraceGraphCatalogue = typeof traceGraphEn;
