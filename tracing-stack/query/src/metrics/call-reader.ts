import { adjust, CallSamples, deduplicate } from '@spoor/analysis';
import type { Micros, Span, TraceId } from '@spoor/model';
import type { MeasuredReader } from '../measured-reader.ts';
import { SPAN_KINDS, UNSPECIFIED } from '../parameters/span-kinds.ts';
import { QueryError } from '../query-error.ts';

/** The spans that figures are calculated from. */
export interface CallQuery {
  readonly serviceNames: readonly string[];
  /** Of `SPAN_KINDS`, or `UNSPECIFIED` for any other and for none. */
  readonly spanKinds: readonly string[];
  /** Of their start: after the first, and up to the second. */
  readonly after: Micros;
  readonly until: Micros;
}

/** Some hundred bytes are held of each. */
const MAX_CALLS = 1_000_000;

const SPAN_KIND = 'span.kind';

/** Reads calls from a store. Who asks for the same while they are read gets the same. */
export class CallReader {
  private readonly reader: MeasuredReader;
  private readonly maxCalls: number;
  private readonly underWay = new Map<string, Promise<CallSamples>>();

  constructor(reader: MeasuredReader, maxCalls = MAX_CALLS) {
    this.reader = reader;
    this.maxCalls = maxCalls;
  }

  /** A page of figures asks for several of the same spans at once. Rejects with `QueryError` if they are too many. */
  async calls(query: CallQuery): Promise<CallSamples> {
    const key = JSON.stringify(query);
    let reading = this.underWay.get(key);
    if (reading === undefined) {
      reading = this.read(query);
      this.underWay.set(key, reading);
      const done = () => this.underWay.delete(key);
      reading.then(done, done);
    }
    return reading;
  }

  private async read(query: CallQuery): Promise<CallSamples> {
    const samples = new CallSamples();
    for (const id of await this.traceIds(query)) {
      const trace = await this.reader.trace(id);
      if (trace === undefined) continue;
      for (const span of adjust(trace, [deduplicate]).spans)
        if (isAsked(span, query)) samples.add(span);
      if (samples.size > this.maxCalls)
        throw new QueryError(
          'too-much',
          `more than ${this.maxCalls} calls: ask for a shorter time`,
        );
    }
    return samples;
  }

  private async traceIds(query: CallQuery): Promise<Set<TraceId>> {
    const [kind, ...others] = query.spanKinds;
    const isOne = kind !== undefined && kind !== UNSPECIFIED && others.length === 0;
    const found = new Set<TraceId>();
    for (const serviceName of new Set(query.serviceNames)) {
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

function isAsked(span: Span, { serviceNames, spanKinds, after, until }: CallQuery): boolean {
  const { startTime, process } = span;
  return (
    startTime > after &&
    startTime <= until &&
    serviceNames.includes(process.serviceName) &&
    spanKinds.includes(kindOf(span))
  );
}

function kindOf({ tags }: Span): string {
  const kind = tags.find(({ key }) => key === SPAN_KIND)?.value;
  return typeof kind === 'string' && SPAN_KINDS.has(kind) ? kind : UNSPECIFIED;
}
