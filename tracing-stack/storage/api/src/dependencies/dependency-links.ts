import type { Micros, TraceId } from '@spoor/model';
import type { CallSource, DependencyLink, TraceCalls } from '../dependency-store.ts';
import type { SpanReader, SpanStore } from '../span-store.ts';
import { type CallSpan, callSpan } from './call-span.ts';
import { countLinks } from './count-links.ts';

/**
 * The links of the calls between `endTs - lookback` and `endTs`, both included: what the store's own graph says or, of a
 * store that has none, what is counted in the traces of that time, which are all read.
 */
export function dependencyLinks(
  { dependencies, reader }: Pick<SpanStore, 'dependencies' | 'reader'>,
  endTs: Micros,
  lookback: Micros,
): Promise<DependencyLink[]> {
  if (dependencies !== undefined) return dependencies.read(endTs, lookback);
  return countLinks(new ReaderCalls(reader), endTs - lookback, endTs + 1);
}

class ReaderCalls implements Pick<CallSource, 'traces' | 'trace'> {
  private readonly reader: SpanReader;

  constructor(reader: SpanReader) {
    this.reader = reader;
  }

  async *traces(from: Micros, until: Micros): AsyncGenerator<TraceCalls> {
    const ids = await this.reader.findTraceIds({
      tags: new Map(),
      startTimeMin: from,
      startTimeMax: until - 1,
      limit: Number.POSITIVE_INFINITY,
    });
    for (const traceId of ids) yield { traceId, spans: await this.trace(traceId), isWhole: true };
  }

  async trace(traceId: TraceId): Promise<CallSpan[]> {
    const trace = await this.reader.trace(traceId);
    return trace?.spans.map(callSpan) ?? [];
  }
}
