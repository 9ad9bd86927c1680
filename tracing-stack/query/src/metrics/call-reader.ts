import { adjust, CallSamples, deduplicate } from '@spoor/analysis';
import { type Micros, SPAN_KIND, type Span, spanKind, type TraceId } from '@spoor/model';
import { InFlight } from '@spoor/platform';
import { calledSpans, callSpan } from '@spoor/storage-api/dependencies';
import type { MeasuredReader } from '../measured-reader.ts';
import { SPAN_KINDS, UNSPECIFIED } from '../parameters/span-kinds.ts';
import { QueryError } from '../query-error.ts';

/** The spans that figures are calculated from. */
export interface CallQuery {
  readonly serviceNames: readonly string[];
  /** Of `SPAN_KINDS`, or `UNSPECIFIED` for any other and for none. */
  readonly spanKinds: readonly string[];
  /** Only calls from one service to another, told apart by the one that called. */
  readonly groupByCaller: boolean;
  /** Of their start: after the first, and up to the second. */
  readonly after: Micros;
  readonly until: Micros;
  /** About so much may pass until the same question is a new one. */
  readonly step: Micros;
}

/** Some hundred bytes are held of each. */
const MAX_CALLS = 1_000_000;
/** Each reads whole traces, one behind the other; those beyond wait for their turn. */
const MAX_READINGS = 4;
/** The most that is read beyond a window at either end, as a part of it. */
const MARGIN = 0.1;

interface Reading {
  readonly samples: Promise<CallSamples>;
  readonly abandoned: AbortController;
  waiting: number;
}

/**
 * Reads calls from a store. Who asks for the same while they are read gets the same, also a moment later for the time up to
 * then: times are read in whole steps, and cut to the window. What nobody waits for any longer is not read on.
 */
export class CallReader {
  private readonly reader: MeasuredReader;
  private readonly maxCalls: number;
  private readonly underWay = new Map<string, Reading>();
  private readonly inFlight = new InFlight(MAX_READINGS);

  constructor(reader: MeasuredReader, maxCalls = MAX_CALLS) {
    this.reader = reader;
    this.maxCalls = maxCalls;
  }

  /**
   * A page of figures asks for several of the same spans at once. Rejects with `QueryError` if they are too many, or if
   * everybody who waited for them has gone.
   */
  async calls(query: CallQuery, signal: AbortSignal): Promise<CallSamples> {
    const whole = inSteps(query);
    const key = JSON.stringify(whole);
    const reading = this.underWay.get(key) ?? this.begin(key, whole);
    reading.waiting++;
    const leave = () => {
      if (--reading.waiting > 0) return;
      this.end(key, reading);
      reading.abandoned.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      return (await reading.samples).between(query.after, query.until);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  private begin(key: string, query: CallQuery): Reading {
    const abandoned = new AbortController();
    const samples = this.inFlight.run(() => this.read(query, abandoned.signal));
    const reading = { samples, abandoned, waiting: 0 };
    this.underWay.set(key, reading);
    const done = () => this.end(key, reading);
    samples.then(done, done);
    return reading;
  }

  /** Another may have begun anew meanwhile. */
  private end(key: string, reading: Reading): void {
    if (this.underWay.get(key) === reading) this.underWay.delete(key);
  }

  private async read(query: CallQuery, signal: AbortSignal): Promise<CallSamples> {
    const samples = new CallSamples();
    for (const id of await this.traceIds(query, signal)) {
      checkAwaited(signal);
      const trace = await this.reader.trace(id);
      if (trace === undefined) continue;
      const { spans } = adjust(trace, [deduplicate]);
      if (query.groupByCaller) {
        for (const { parent, span } of calledSpans(spans.map(withCallSpan)))
          if (isAsked(span.span, query)) samples.add(span.span, parent);
      } else for (const span of spans) if (isAsked(span, query)) samples.add(span);
      if (samples.size > this.maxCalls)
        throw new QueryError(
          'too-much',
          `more than ${this.maxCalls} calls: ask for a shorter time`,
        );
    }
    return samples;
  }

  private async traceIds(query: CallQuery, signal: AbortSignal): Promise<Set<TraceId>> {
    const [kind, ...others] = query.spanKinds;
    const isOne = kind !== undefined && kind !== UNSPECIFIED && others.length === 0;
    const found = new Set<TraceId>();
    for (const serviceName of new Set(query.serviceNames)) {
      checkAwaited(signal);
      const ids = await this.reader.findTraceIds({
        serviceName,
        tags: new Map(isOne ? [[SPAN_KIND, kind]] : []),
        startTimeMin: query.after + 1,
        startTimeMax: query.until,
        limit: Number.POSITIVE_INFINITY,
      });
      for (const id of ids) found.add(id);
    }
    return found;
  }
}

/** The same for a window a little larger, which begins and ends with a step. */
function inSteps({ after, until, step, ...rest }: CallQuery): CallQuery {
  const size = Math.max(1, Math.floor(Math.min(step, (until - after) * MARGIN)));
  const down = (time: Micros) => Math.floor(time / size) * size;
  return { ...rest, step: size, after: down(after), until: down(until + size - 1) };
}

const withCallSpan = (span: Span) => ({ ...callSpan(span), span });

function checkAwaited(signal: AbortSignal): void {
  if (signal.aborted) throw new QueryError('abandoned');
}

function isAsked(span: Span, { serviceNames, spanKinds, after, until }: CallQuery): boolean {
  const { startTime, process } = span;
  return (
    startTime > after &&
    startTime <= until &&
    serviceNames.includes(process.serviceName) &&
    spanKinds.includes(kindOf(span))
  );
}

function kindOf(span: Span): string {
  const kind = spanKind(span);
  return SPAN_KINDS.has(kind) ? kind : UNSPECIFIED;
}
