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
  /** initJaeger gave back a tracer that it had given back before. */
  readonly isFormerTracer?: boolean;
  /** Of a remote one: whether it has asked its server. */
  readonly isAsking?: boolean;
  /** What initJaeger threw. */
  readonly error?: string;
}

/** Where a span went whose reporter was told of a collector. */
export interface RoadResult {
  readonly posts: number;
  readonly datagrams: number;
  /** initJaeger gave back a tracer that it had given back before, for another configuration. */
  readonly isFormerTracer: boolean;
  /** Of what the caller asked for, another setting did reach the tracer. */
  readonly isTagged?: boolean;
  readonly error?: string;
}

/** What `initJaeger` gives back, where no tracer and closer can be taken out of it. */
export type NoPair = 'promise' | 'nothing' | 'tracer alone';

export interface DriverResult {
  readonly noPair?: NoPair;
  /** The closers closed none of the tracers that they came with. */
  readonly isIdleCloser?: boolean;
  /** What initJaeger's own sampler kept, that nobody named. */
  readonly own: SamplerResult;
  readonly samplers: readonly SamplerResult[];
  readonly collector: RoadResult;
}
