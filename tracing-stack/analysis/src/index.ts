export { endTime, signedDuration, type TraceSpan } from './tree/trace-span.ts';
export { type ServiceSummary, summary, type TraceSummary } from './tree/trace-summary.ts';
export { type Waterfall, type WaterfallRow, waterfall } from './tree/waterfall.ts';
