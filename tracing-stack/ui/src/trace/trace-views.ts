/** What a trace can be shown as, in the order of the tabs: the names that `uiView` knows. */
export const TRACE_VIEWS = [
  'timeline',
  'spans',
  'statistics',
  'flame',
  'graph',
  'logs',
  'breaks',
  'json',
  'wire',
] as const;

export type TraceViewName = (typeof TRACE_VIEWS)[number];

export const isTraceViewName = (text: string): text is TraceViewName =>
  (TRACE_VIEWS as readonly string[]).includes(text);
