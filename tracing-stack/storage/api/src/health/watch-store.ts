import type { ArchiveStore } from '../archive-store.ts';
import type { DependencyStore } from '../dependency-store.ts';
import type { SpanReader, SpanStore, SpanWriter } from '../span-store.ts';
import { StorageError } from '../storage-error.ts';
import { CallOutcomes } from './call-outcomes.ts';

/** Health is asked every few seconds by who waits no longer than five: Docker in docker-compose.yml. */
const ANSWER_WITHIN_MS = 2000;

export interface WatchedStore extends SpanStore {
  /**
   * Throws `StorageError` with the reason while the store is away (`check`), while it does not answer within two seconds, and
   * while it is there but writing fails over and over, or a read failed and the list of services cannot be read either. It
   * finds out by itself when that is over.
   */
  health(): Promise<void>;
}

/** A store whose calls are watched, for its health. `name` opens the reason: `embedded`. */
export function watchStore(
  store: SpanStore,
  name: string,
  clock: () => number = Date.now,
): WatchedStore {
  return new Watched(store, name, clock);
}

class Watched implements WatchedStore {
  readonly reader: SpanReader;
  readonly writer: SpanWriter;
  declare readonly sampling?: NonNullable<SpanStore['sampling']>;
  declare readonly archive?: ArchiveStore;
  declare readonly dependencies?: DependencyStore;
  private readonly store: SpanStore;
  private readonly name: string;
  private readonly clock: () => number;
  private readonly reads: CallOutcomes;
  private readonly writes: CallOutcomes[] = [];
  private wasAway = false;
  private answer: Promise<void> | undefined;

  constructor(store: SpanStore, name: string, clock: () => number) {
    this.store = store;
    this.name = name;
    this.clock = clock;
    this.reads = new CallOutcomes('reading', clock);
    this.reader = this.watchedReader(store.reader);
    this.writer = this.watchedWriter('writing spans', store.writer);
    const { sampling, archive, dependencies } = store;
    if (sampling) this.sampling = sampling;
    if (archive) {
      this.archive = {
        ...(archive.isReadOnly !== undefined && { isReadOnly: archive.isReadOnly }),
        writer: this.watchedWriter('writing to the archive', archive.writer),
        reader: { trace: (id) => this.reads.watch(archive.reader.trace(id)) },
      };
    }
    if (dependencies) this.dependencies = this.watchedDependencies(dependencies);
  }

  check(): Promise<void> {
    return this.store.check();
  }

  close(deadline?: AbortSignal): Promise<void> {
    return this.store.close(deadline);
  }

  /** One look at a time: whoever asks while one is under way has its answer, also the one that it takes too long. */
  health(): Promise<void> {
    this.answer ??= this.look();
    return this.answer;
  }

  private async look(): Promise<void> {
    const wait = { isOver: false };
    const state = this.state(wait);
    const done = () => {
      this.answer = undefined;
    };
    state.then(done, done);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        wait.isOver = true;
        const text = `the store did not answer within ${ANSWER_WITHIN_MS / 1000} s`;
        const { doubt } = this.reads;
        reject(this.unavailable(doubt ? `${text}; ${doubt}` : text));
      }, ANSWER_WITHIN_MS);
    });
    try {
      await Promise.race([state, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How it turns out counts only until the `wait` for it is over. */
  private async state(wait: { readonly isOver: boolean }): Promise<void> {
    try {
      await this.store.check();
    } catch (error) {
      if (!wait.isOver) this.wasAway = true;
      throw error;
    }
    if (wait.isOver) return;
    // What it did not store while it was away says nothing of now.
    if (this.wasAway) for (const outcomes of this.writes) outcomes.forget();
    this.wasAway = false;
    // A read may fail by its own weight. Of all questions this is the one that every store answers soonest.
    if (this.reads.doubt !== undefined) await this.reader.services();
    const failing = this.writes.map((outcomes) => outcomes.failing);
    const reason = failing.find((text) => text !== undefined);
    if (reason !== undefined) throw this.unavailable(reason);
  }

  private unavailable(text: string): StorageError {
    return new StorageError('unavailable', `[${this.name}] ${text}`);
  }

  private watchedReader(reader: SpanReader): SpanReader {
    const { reads } = this;
    return {
      services: () => reads.watch(reader.services()),
      operations: (query) => reads.watch(reader.operations(query)),
      trace: (id) => reads.watch(reader.trace(id)),
      findTraces: (query) => reads.watch(reader.findTraces(query)),
      findTraceIds: (query) => reads.watch(reader.findTraceIds(query)),
      arrivals: (cursor, limit) => reads.watch(reader.arrivals(cursor, limit)),
    };
  }

  private watchedWriter(kind: string, writer: SpanWriter): SpanWriter {
    const writing = new CallOutcomes(kind, this.clock);
    this.writes.push(writing);
    return { write: (batch) => writing.watch(writer.write(batch)) };
  }

  private watchedDependencies(dependencies: DependencyStore): DependencyStore {
    const { calls } = dependencies;
    return {
      read: (endTs, lookback) => this.reads.watch(dependencies.read(endTs, lookback)),
      write: (timestamp, links) => dependencies.write(timestamp, links),
      ...(calls && { calls }),
    };
  }
}
