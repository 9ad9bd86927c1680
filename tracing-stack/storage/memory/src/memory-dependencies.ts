import type { Micros } from '@spoor/model';
import type { DependencyLink, DependencyStore } from '@spoor/storage-api';
import { callSpan, callsIn, LinkCounts } from '@spoor/storage-api/dependencies';
import type { MemoryReader } from './memory-reader.ts';

/** Timestamps with written links; those written first go first. */
const MOST_WRITTEN = 10_000;

/**
 * Counts the calls of the spans that are kept whenever it is asked, and adds what links were written. `refuseIfClosed`
 * throws once the store is closed.
 */
export class MemoryDependencies implements DependencyStore {
  private readonly refuseIfClosed: () => void;
  private readonly reader: MemoryReader;
  private readonly written = new Map<Micros, readonly DependencyLink[]>();

  constructor(refuseIfClosed: () => void, reader: MemoryReader) {
    this.refuseIfClosed = refuseIfClosed;
    this.reader = reader;
  }

  async read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    const startTs = endTs - lookback;
    const isAsked = (time: Micros) => time >= startTs && time <= endTs;
    const links = new LinkCounts();
    const window = { startTimeMin: startTs, startTimeMax: endTs, limit: Number.POSITIVE_INFINITY };
    for await (const { spans } of this.reader.eachTrace({ tags: new Map(), ...window })) {
      const calls = callsIn(spans.map(callSpan));
      for (const call of calls) if (isAsked(call.startTime)) links.add(call);
    }
    for (const [timestamp, written] of this.written) {
      if (isAsked(timestamp)) for (const link of written) links.add(link, link.callCount);
    }
    return links.all();
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    this.refuseIfClosed();
    const wholeMs = 1000 * Math.floor(timestamp / 1000);
    this.written.delete(wholeMs);
    this.written.set(wholeMs, [...links]);
    for (const oldest of this.written.keys()) {
      if (this.written.size <= MOST_WRITTEN) break;
      this.written.delete(oldest);
    }
  }
}
