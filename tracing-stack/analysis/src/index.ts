export { type Adjuster, adjust } from './adjusters/adjuster.ts';
export { clockSkew } from './adjusters/clock-skew.ts';
export { deduplicate } from './adjusters/deduplicate.ts';
export { ipTag } from './adjusters/ip-tag.ts';
export { libraryTagsToProcess } from './adjusters/library-tags.ts';
export { parentReferenceFirst, removeInvalidReferences } from './adjusters/references.ts';
export { separateSharedSpanIds } from './adjusters/shared-span-ids.ts';
export { sortLogFields } from './adjusters/sort-log-fields.ts';
export { sortTags } from './adjusters/sort-tags.ts';
export { standardAdjusters } from './adjusters/standard-adjusters.ts';
export {
  compareTrace,
  type DifferingParent,
  type TraceDifference,
} from './expected/compare-trace.ts';
export type { ExpectedSpan, ExpectedTrace } from './expected/expected-trace.ts';
export type {
  EnvelopeJson,
  ErrorJson,
  KeyValueJson,
  LogJson,
  ProcessJson,
  ReferenceJson,
  SpanJson,
  TraceJson,
} from './jaeger-json/jaeger-json.ts';
export {
  type JsonValue,
  type ObservedLog,
  type ObservedSpan,
  type ObservedTrace,
  observedTrace,
} from './jaeger-json/observed-trace.ts';
export { micros, traceSpans } from './jaeger-json/trace-spans.ts';
export {
  type CallMeasure,
  callMetrics,
  type MetricPoint,
  type MetricRange,
  type MetricSeries,
} from './metrics/call-metrics.ts';
export { CallSamples } from './metrics/call-samples.ts';
export { judgeShape, type ShapeOptions } from './shape/judge-shape.ts';
export { newestRun } from './shape/newest-run.ts';
export type { OverlayMark } from './shape/overlay-marks.ts';
export { type Overlay, type OverlayRow, overlayTrace } from './shape/overlay-trace.ts';
export { SHAPE_RULES, type ShapeFinding, type ShapeRule } from './shape/shape-finding.ts';
export { endTime, signedDuration, type TraceSpan } from './tree/trace-span.ts';
export { type ServiceSummary, summary, type TraceSummary } from './tree/trace-summary.ts';
export { type Waterfall, type WaterfallRow, waterfall } from './tree/waterfall.ts';
