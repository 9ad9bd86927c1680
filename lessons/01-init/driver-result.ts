/** So many new traces each sampler is asked about. */
export const TRACES = 2000;
/** Traces a second; more than the lesson's two, so that a tenth of its time is enough to tell. */
export const RATE_LIMIT = 20;
/** Before the driver's line, among whatever the learner's code prints. */
export const DRIVER_LINE = 'spoor-driver:';

/** What one sampler kept. */
export interface SamplerResult {
  /** `const 0`. */
  readonly key: string;
  readonly kept: number;
  /** How long it was asked. */
  readonly seconds: number;
  /** What initJaeger threw. */
  readonly error?: string;
}

/** Where a span went whose reporter was told of a collector. */
export interface RoadResult {
  readonly posts: number;
  readonly datagrams: number;
  /** initJaeger gave back a tracer that it had given back before, for another configuration. */
  readonly isFormerTracer: boolean;
  readonly error?: string;
}

export interface DriverResult {
  /** What initJaeger's own sampler kept, that nobody named. */
  readonly own: SamplerResult;
  readonly samplers: readonly SamplerResult[];
  readonly collector: RoadResult;
}
