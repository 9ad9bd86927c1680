import type { Micros, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { type DependencyLink, type DependencyStore, StorageError } from '@spoor/storage-api';
import { LinkCounts } from '@spoor/storage-api/dependencies';
import type { OpenBucket } from './bucket-list.ts';
import { CallLedger, type CountedTrace, slotOf, slotStart } from './call-ledger.ts';
import type { Reading } from './embedded-reader.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import { countTraces } from './trace-counting.ts';
import { searchTraceIds } from './trace-search.ts';

export interface EmbeddedDependenciesOptions {
  readonly directory: string;
  readonly readOnly: boolean;
  readonly reading: Reading;
  readonly unreadable: UnreadableRecords;
  readonly logger: Logger;
  readonly refuseIfClosed: () => void;
}

/**
 * The graph of the services. The writing process counts what has come whenever it has nothing else to do, each trace
 * anew and as a whole once spans of it have come, so that it does not matter in which order they come or how often.
 * Whoever reads counts what is not counted yet, and a minute that is asked for only in part, from the traces themselves.
 */
export class EmbeddedDependencies implements DependencyStore {
  private readonly options: EmbeddedDependenciesOptions;
  private readonly ledger: CallLedger;
  private counting: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedDependenciesOptions) {
    this.options = options;
    this.ledger = new CallLedger(options.directory, options.readOnly);
  }

  async read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    this.options.refuseIfClosed();
    if (!this.options.readOnly) await this.count();
    return this.options.reading((buckets) => this.links(buckets, endTs - lookback, endTs));
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    this.options.refuseIfClosed();
    if (this.options.readOnly) {
      throw new StorageError('unsupported', '[embedded] the store was opened for reading only');
    }
    await this.ledger.write(1000 * Math.floor(timestamp / 1000), links);
  }

  /** Counts what came since it was last done, a step at least, and more while `mayGoOn` says so. */
  count(mayGoOn: () => boolean = () => true): Promise<void> {
    const counted = this.counting.then(() => this.countAll(mayGoOn));
    // Who asked hears of an error; the next one tries again.
    this.counting = counted.catch(() => undefined);
    return counted;
  }

  /** Forgets the calls of other buckets than these. */
  forgetAllBut(buckets: ReadonlySet<string>): Promise<void> {
    return this.ledger.forgetAllBut(buckets);
  }

  async letGo(): Promise<void> {
    await this.counting;
    await this.ledger.letGo();
  }

  private async countAll(mayGoOn: () => boolean): Promise<void> {
    for (let isDone = false; !isDone; ) {
      isDone = await this.options.reading(async (buckets) => {
        const before = this.countedBefore();
        const { traces, counted } = await countTraces(buckets, before, this.records());
        if (counted === before) return true;
        await this.ledger.replace(traces, counted);
        return !mayGoOn();
      });
    }
  }

  private countedBefore(): number {
    const snapshot = this.ledger.snapshot();
    try {
      return snapshot?.counted() ?? 0;
    } finally {
      snapshot?.done();
    }
  }

  private async links(
    buckets: readonly OpenBucket[],
    from: Micros,
    to: Micros,
  ): Promise<DependencyLink[]> {
    const names = buckets.map(({ name }) => name);
    const links = new LinkCounts();
    const snapshot = this.ledger.snapshot();
    try {
      const fresh = await this.uncounted(buckets, snapshot?.counted() ?? 0);
      const first = slotStart(slotOf(from)) === from ? slotOf(from) : slotOf(from) + 1;
      const last = slotOf(to + 1) - 1;
      const isWhole = (time: Micros) => slotOf(time) >= first && slotOf(time) <= last;
      const isPart = (time: Micros) => time >= from && time <= to && !isWhole(time);
      if (first <= last) snapshot?.addSlots(links, names, first, last);
      for (const { traceId, buckets: holding, calls } of fresh.values()) {
        for (const call of snapshot?.calls(traceId, holding) ?? []) {
          if (isWhole(call.startTime)) links.add(call, -1);
        }
        for (const call of calls) if (isWhole(call.startTime)) links.add(call);
      }
      const ends =
        first <= last
          ? [
              [from, slotStart(first) - 1],
              [slotStart(last + 1), to],
            ]
          : [[from, to]];
      for (const traceId of await this.startedWithin(buckets, ends)) {
        const calls = fresh.get(traceId)?.calls ?? snapshot?.calls(traceId, names) ?? [];
        for (const call of calls) if (isPart(call.startTime)) links.add(call);
      }
      snapshot?.addWritten(links, from, to);
      return links.all().filter(({ callCount }) => callCount > 0);
    } finally {
      snapshot?.done();
    }
  }

  /** By id, the traces with spans that nobody counted yet. */
  private async uncounted(
    buckets: readonly OpenBucket[],
    counted: number,
  ): Promise<Map<TraceId, CountedTrace>> {
    const fresh = new Map<TraceId, CountedTrace>();
    for (let before = counted; ; ) {
      const next = await countTraces(buckets, before, this.records());
      if (next.counted === before) return fresh;
      for (const trace of next.traces) fresh.set(trace.traceId, trace);
      before = next.counted;
    }
  }

  private async startedWithin(
    buckets: readonly OpenBucket[],
    windows: readonly (readonly number[])[],
  ): Promise<Set<TraceId>> {
    const found = new Set<TraceId>();
    for (const [startTimeMin = 0, startTimeMax = 0] of windows) {
      if (startTimeMin > startTimeMax) continue;
      const query = {
        tags: new Map(),
        startTimeMin,
        startTimeMax,
        limit: Number.POSITIVE_INFINITY,
      };
      for (const id of await searchTraceIds(buckets, query, this.records())) found.add(id);
    }
    return found;
  }

  private records(): RecordReader {
    return new RecordReader(this.options.unreadable, this.options.logger);
  }
}
