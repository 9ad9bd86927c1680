import { setTimeout } from 'node:timers/promises';
import type { Micros, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { type DependencyLink, type DependencyStore, StorageError } from '@spoor/storage-api';
import { LinkCounts } from '@spoor/storage-api/dependencies';
import type { OpenBucket } from './bucket-list.ts';
import { CallLedger, type CountedTrace, slotOf, slotStart } from './call-ledger.ts';
import type { Reading } from './embedded-reader.ts';
import { RecordReader, type UnreadableRecords } from './record-reader.ts';
import type { CallMemory } from './store-memory.ts';
import { CALL_SPAN_BYTES, countTraces } from './trace-counting.ts';
import { searchTraceIds } from './trace-search.ts';

export interface EmbeddedDependenciesOptions {
  readonly directory: string;
  readonly readOnly: boolean;
  readonly reading: Reading;
  readonly unreadable: UnreadableRecords;
  readonly logger: Logger;
  readonly refuseIfClosed: () => void;
}

/** So many steps of counting are made by a call that reads. After a burst of more the graph is behind. */
const READ_STEPS = 5;

/** While the store writes, it counts in one part of the time and pauses in so many others. */
const PAUSES = 4;

/**
 * The graph of the services. The writing process counts what has come in the background, each trace anew and as a whole once
 * spans of it have come, so that it does not matter in which order they come or how often. Whoever reads counts what is not
 * counted yet, as far as that is not too much, and a minute that is asked for only in part, from the traces themselves.
 */
export class EmbeddedDependencies implements DependencyStore {
  private readonly options: EmbeddedDependenciesOptions;
  private readonly ledger: CallLedger;
  private counting: Promise<unknown> = Promise.resolve();
  private countingForReaders: Promise<boolean> | undefined;
  private background: Promise<void> | undefined;
  /** Whether the graph was last answered before all that had come was counted. */
  isBehind = false;
  private hasSaidTooLarge = false;

  constructor(options: EmbeddedDependenciesOptions) {
    this.options = options;
    this.ledger = new CallLedger(options.directory, options.readOnly);
  }

  async read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    this.options.refuseIfClosed();
    const isCounted = this.options.readOnly || (await this.countForReaders());
    return this.options.reading((buckets, memory) =>
      this.links(buckets, this.records(memory), endTs - lookback, endTs, isCounted),
    );
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    this.options.refuseIfClosed();
    if (this.options.readOnly) {
      throw new StorageError('unsupported', '[embedded] the store was opened for reading only');
    }
    await this.ledger.write(1000 * Math.floor(timestamp / 1000), links);
  }

  /** Counts all that came. While the store has something else to do, that has most of the time. */
  countInBackground(isIdle: () => boolean): Promise<void> {
    this.background ??= this.countAll(isIdle).finally(() => {
      this.background = undefined;
    });
    return this.background;
  }

  /** Forgets the calls of other buckets than these. */
  forgetAllBut(buckets: ReadonlySet<string>): Promise<void> {
    return this.ledger.forgetAllBut(buckets);
  }

  async letGo(): Promise<void> {
    await this.counting;
    await this.ledger.letGo();
  }

  private async countAll(isIdle: () => boolean): Promise<void> {
    for (;;) {
      const started = performance.now();
      if (await this.count(1)) return;
      const pause = isIdle() ? 0 : PAUSES * (performance.now() - started);
      await setTimeout(pause, undefined, { ref: false });
    }
  }

  /** Those who ask while it goes on are served together. */
  private countForReaders(): Promise<boolean> {
    this.countingForReaders ??= this.count(READ_STEPS).finally(() => {
      this.countingForReaders = undefined;
    });
    return this.countingForReaders;
  }

  /** Counts what came since it was last done, in so many steps at most. Gives whether that was all. */
  private count(steps: number): Promise<boolean> {
    const counted = this.counting.then(async () => {
      for (let step = 0; step < steps; step++) if (!(await this.countStep())) return true;
      return false;
    });
    // Who asked hears of an error; the next one tries again.
    this.counting = counted.catch(() => undefined);
    return counted;
  }

  /** Whether there was something to count. */
  private countStep(): Promise<boolean> {
    return this.options.reading(async (buckets, memory) => {
      const before = this.countedBefore();
      const step = await countTraces(buckets, before, this.records(memory));
      if (step.counted === before) return false;
      if (step.tooLarge > 0 && !this.hasSaidTooLarge) {
        this.hasSaidTooLarge = true;
        const text =
          'a trace has too many spans for its calls to be counted (further ones are not named)';
        this.options.logger.warn({}, text);
      }
      await this.ledger.replace(step.traces, step.counted);
      return true;
    });
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
    records: RecordReader,
    from: Micros,
    to: Micros,
    isCounted: boolean,
  ): Promise<DependencyLink[]> {
    const names = buckets.map(({ name }) => name);
    const links = new LinkCounts();
    const snapshot = this.ledger.snapshot();
    try {
      const { fresh, isAll } = isCounted
        ? await this.uncounted(buckets, records, snapshot?.counted() ?? 0)
        : { fresh: new Map<TraceId, CountedTrace>(), isAll: false };
      this.sayIfBehind(!isAll);
      const { first, last, more, less } = minutesWithin(from, to);
      const isWhole = (time: Micros) => slotOf(time) >= first && slotOf(time) <= last;
      if (first <= last) snapshot?.addSlots(links, names, first, last);
      for (const { traceId, buckets: holding, calls } of fresh.values()) {
        for (const call of snapshot?.calls(traceId, holding) ?? []) {
          if (isWhole(call.startTime)) links.add(call, -1);
        }
        for (const call of calls) if (isWhole(call.startTime)) links.add(call);
      }
      for (const [part, count] of [[more, 1] as const, [less, -1] as const]) {
        for (const traceId of await this.startedWithin(buckets, records, part)) {
          const calls = fresh.get(traceId)?.calls ?? snapshot?.calls(traceId, names) ?? [];
          for (const call of calls) if (isWithin(call.startTime, part)) links.add(call, count);
        }
      }
      snapshot?.addWritten(links, from, to);
      return links.all().filter(({ callCount }) => callCount > 0);
    } finally {
      snapshot?.done();
    }
  }

  /** By id, the traces with spans that nobody counted yet, the first that came if they are too many. */
  private async uncounted(
    buckets: readonly OpenBucket[],
    records: RecordReader,
    counted: number,
  ): Promise<{ fresh: ReadonlyMap<TraceId, CountedTrace>; isAll: boolean }> {
    const fresh = new Map<TraceId, CountedTrace>();
    let before = counted;
    for (let step = 0; step < READ_STEPS; step++) {
      const next = await countTraces(buckets, before, records);
      records.forget();
      if (next.counted === before) return { fresh, isAll: true };
      for (const trace of next.traces) fresh.set(trace.traceId, trace);
      before = next.counted;
      records.memory.hold(CALL_SPAN_BYTES * next.spans);
    }
    return { fresh, isAll: false };
  }

  private sayIfBehind(isBehind: boolean): void {
    if (isBehind && !this.isBehind) {
      const text = 'the graph of the services is behind: more spans have come than are counted yet';
      this.options.logger.info({}, text);
    }
    this.isBehind = isBehind;
  }

  private async startedWithin(
    buckets: readonly OpenBucket[],
    records: RecordReader,
    [startTimeMin, startTimeMax]: Stretch,
  ): Promise<readonly TraceId[]> {
    if (startTimeMin > startTimeMax) return [];
    const limit = Number.POSITIVE_INFINITY;
    const query = { tags: new Map(), startTimeMin, startTimeMax, limit };
    return searchTraceIds(buckets, query, records);
  }

  private records(memory: CallMemory): RecordReader {
    return new RecordReader(this.options.unreadable, this.options.logger, memory);
  }
}

/** From one time to another, both included; none if the second is the lower. */
type Stretch = readonly [from: Micros, to: Micros];

function isWithin(time: Micros, [from, to]: Stretch): boolean {
  return time >= from && time <= to;
}

/**
 * The minutes of a stretch whose sums are to be added, with what is to be added to them and what taken away. Mostly it ends now:
 * then there is nothing to be taken from its last minute, but much that would have to be added up without it.
 */
function minutesWithin(from: Micros, to: Micros) {
  const first = slotStart(slotOf(from)) === from ? slotOf(from) : slotOf(from) + 1;
  const last = slotOf(to);
  const none: Stretch = [0, -1];
  if (first > last) return { first, last, more: [from, to] as Stretch, less: none };
  const more: Stretch = [from, slotStart(first) - 1];
  return { first, last, more, less: [to + 1, slotStart(last + 1) - 1] as Stretch };
}
