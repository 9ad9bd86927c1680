export { type Adjuster, adjust } from './adjusters/adjuster.ts';
export { clockSkew, type ToldSkew, toldSkew } from './adjusters/clock-skew.ts';
export { deduplicate } from './adjusters/deduplicate.ts';
export { ipTag } from './adjusters/ip-tag.ts';
export { libraryTagsToProcess } from './adjusters/library-tags.ts';
export { parentReferenceFirst, removeInvalidReferences } from './adjusters/references.ts';
export { separateSharedSpanIds } from './adjusters/shared-span-ids.ts';
export { sortLogFields } from './adjusters/sort-log-fields.ts';
export { sortTags } from './adjusters/sort-tags.ts';
export { standardAdjusters } from './adjusters/standard-adjusters.ts';
export { type LostParent, lostParents, parentCircles } from './breaks/lost-parents.ts';
export {
  type CallEvidence,
  openCalls,
  rootRequest,
  type SeveredCall,
  severedCalls,
} from './breaks/severed-calls.ts';
export { type SkewedClocks, skewedClocks } from './breaks/skewed-clocks.ts';
export { type CriticalSegment, criticalPath } from './critical-path/critical-path.ts';
export {
  type DependencyJson,
  type ServiceGraph,
  type ServiceNode,
  serviceGraph,
} from './dependencies/service-graph.ts';
export { diffTags, type TagDifference } from './diff/diff-tags.ts';
export { type DiffKind, type DiffRow, diffTraces } from './diff/diff-traces.ts';
export {
  compareTrace,
  type DifferingParent,
  type TraceDifference,
} from './expected/compare-trace.ts';
export type { ExpectedSpan, ExpectedTrace } from './expected/expected-trace.ts';
export { type FlameGraph, type FlameNode, flameGraph } from './flame/flame-graph.ts';
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
export { isNear } from './shape/likeness.ts';
export { newestRun } from './shape/newest-run.ts';
export type { OverlayMark } from './shape/overlay-marks.ts';
export { type Overlay, type OverlayRow, overlayTrace } from './shape/overlay-trace.ts';
export { SHAPE_RULES, type ShapeFinding, type ShapeRule } from './shape/shape-finding.ts';
export {
  type SpanMeasures,
  type SpanStatistics,
  spanStatistics,
} from './statistics/span-statistics.ts';
export { selfTimes, spanRows } from './time/self-times.ts';
export type { SpanRows } from './time/span-rows.ts';
export {
  type TraceGraph,
  type TraceGraphEdge,
  type TraceGraphNode,
  traceGraph,
} from './trace-graph/trace-graph.ts';
export { endTime, signedDuration, type TraceSpan } from './tree/trace-span.ts';
export { type ServiceSummary, summary, type TraceSummary } from './tree/trace-summary.ts';
export { type Waterfall, type WaterfallRow, waterfall } from './tree/waterfall.ts';
export {
  type ZipkinEndpointJson,
  type ZipkinSpanJson,
  zipkinSpans,
} from './zipkin-json/zipkin-spans.ts';
