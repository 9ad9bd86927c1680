import { FLAG_DEBUG, type SpanId, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { formatUberTraceId, parseUberTraceId } from '@spoor/wire';
import * as opentracing from 'opentracing';
import { SamplingState } from './sampling-state.ts';

/** Names of baggage items are in lower case: no HTTP header keeps any other. */
export type Baggage = ReadonlyMap<string, string>;

/** Baggage of items as they came from somewhere that keeps the case of their names. Of two with one name the last counts. */
export function baggageOf(items: Iterable<readonly [name: string, value: string]>): Baggage {
  return new Map(Array.from(items, ([name, value]) => [name.toLowerCase(), value]));
}

/** Of a context that names no span. */
export const NO_IDS = { traceId: ZERO_SPAN_ID, spanId: ZERO_SPAN_ID, parentId: ZERO_SPAN_ID };

const NO_BAGGAGE: Baggage = new Map();

/** What a carrier may bring beside identity and baggage. */
export interface Companions {
  /** What a person wrote into `jaeger-debug-id`, to find the trace that follows by. */
  readonly debugId?: string | undefined;
  /** W3C's `tracestate`: what other vendors know about the trace, handed on as it came. */
  readonly traceState?: string | undefined;
}

const NO_COMPANIONS: Companions = {};

/** What of a span travels on: to its children, and through a carrier to other processes. Ids are lower-case hex. */
export class SpanContext extends opentracing.SpanContext {
  /** 16 digits, or 32 when the id has high bits. */
  readonly traceId: TraceId;
  /** 16 digits. */
  readonly spanId: SpanId;
  /** 16 digits; `0000000000000000` of a root. */
  readonly parentId: SpanId;
  /** As it was when this context was made: a later `setBaggageItem` gives the span a new context. */
  readonly baggage: Baggage;
  /** Shared with the other spans of the trace in this process. */
  readonly sampling: SamplingState;
  readonly companions: Companions;

  constructor(
    ids: { traceId: TraceId; spanId: SpanId; parentId: SpanId },
    sampling: SamplingState,
    baggage: Baggage = NO_BAGGAGE,
    companions: Companions = NO_COMPANIONS,
  ) {
    super();
    this.traceId = ids.traceId;
    this.spanId = ids.spanId;
    this.parentId = ids.parentId;
    this.sampling = sampling;
    this.baggage = baggage;
    this.companions = companions;
  }

  /** The bits FLAG_SAMPLED and FLAG_DEBUG of `@spoor/model`, and whatever else came with the trace. */
  get flags(): number {
    return this.sampling.flags;
  }

  get isSampled(): boolean {
    return this.sampling.isSampled;
  }

  get isDebug(): boolean {
    return (this.flags & FLAG_DEBUG) !== 0;
  }

  /** False when no identity was extracted, but baggage, say. A span that follows such a context is a root. */
  get isValid(): boolean {
    return this.spanId !== ZERO_SPAN_ID;
  }

  /** The context of a span below this one. */
  child(spanId: SpanId): SpanContext {
    const ids = { traceId: this.traceId, spanId, parentId: this.spanId };
    return new SpanContext(ids, this.sampling, this.baggage, this.companions);
  }

  withBaggageItem(name: string, value: string): SpanContext {
    const baggage = new Map(this.baggage).set(name, value);
    return new SpanContext(this, this.sampling, baggage, this.companions);
  }

  override toTraceId(): string {
    return this.traceId;
  }

  override toSpanId(): string {
    return this.spanId;
  }

  /** `{trace-id}:{span-id}:{parent-span-id}:{flags}`, as in the header `uber-trace-id` and in the logs. */
  override toString(): string {
    return formatUberTraceId(this);
  }
}

/** The context of one of our spans, or a context of ours, with its ids. `undefined` for those of other tracers. */
export function spanContextOf(
  of: opentracing.Span | opentracing.SpanContext | null | undefined,
): SpanContext | undefined {
  const context = of instanceof opentracing.Span ? of.context() : of;
  return context instanceof SpanContext ? context : undefined;
}

/**
 * The context that `String(context)` wrote, for codecs of the application's own. `undefined` for text that is none; see
 * `parseUberTraceId` of `@spoor/wire` for what is accepted.
 */
export function spanContextFromText(
  text: string,
  baggage: Iterable<readonly [string, string]> = [],
): SpanContext | undefined {
  const found = parseUberTraceId(text);
  return found && new SpanContext(found, new SamplingState(found.flags), baggageOf(baggage));
}
