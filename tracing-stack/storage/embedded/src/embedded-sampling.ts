import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Micros } from '@spoor/model';
import type { Lease, OperationProbability, SamplingStore, Throughput } from '@spoor/storage-api';
import { SAMPLING_FOLDER } from './store-folders.ts';
import { openRows, type Rows } from './tables.ts';

/*
 * `['throughput', time, collector]` → throughput, `['probabilities']` → those saved last, `['lease', name]` → the lease: a few
 * rows a minute.
 */

/**
 * What adaptive sampling needs, in an LMDB environment of its own, which is made when it is first used. It does not expire with
 * spans.
 */
export class EmbeddedSampling implements SamplingStore {
  private readonly directory: string;
  private readonly refuseIfClosed: () => void;
  private opened: Rows | undefined;

  constructor(directory: string, refuseIfClosed: () => void) {
    this.directory = directory;
    this.refuseIfClosed = refuseIfClosed;
  }

  async addThroughput(throughput: Throughput, keepFrom: Micros): Promise<void> {
    const rows = this.rows();
    await rows.transaction(() => {
      for (const key of rows.getKeys({ start: ['throughput'], end: ['throughput', keepFrom] })) {
        void rows.remove(key);
      }
      void rows.put(['throughput', throughput.time, throughput.collector], throughput);
    });
  }

  async throughput(after: Micros, until: Micros): Promise<Throughput[]> {
    const range = this.rows().getRange({
      start: ['throughput', after],
      end: ['throughput', until + 1],
    });
    const found = Array.from(range, ({ value }) => value as Throughput);
    return found.filter(({ time }) => time > after && time <= until);
  }

  async saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void> {
    await this.rows().put(['probabilities'], probabilities);
  }

  async probabilities(): Promise<OperationProbability[]> {
    return (this.rows().get(['probabilities']) as OperationProbability[] | undefined) ?? [];
  }

  async takeLease(lease: Lease, now: Micros): Promise<boolean> {
    const rows = this.rows();
    return rows.transaction(() => {
      const key = ['lease', lease.name];
      const held = rows.get(key) as Lease | undefined;
      if (held && held.holder !== lease.holder && held.until > now) return false;
      void rows.put(key, lease);
      return true;
    });
  }

  /** Closes the environment; the next call opens it again. */
  async letGo(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.close();
  }

  private rows(): Rows {
    this.refuseIfClosed();
    if (this.opened === undefined) {
      const path = join(this.directory, SAMPLING_FOLDER);
      mkdirSync(path, { recursive: true });
      this.opened = openRows(path, false);
    }
    return this.opened;
  }
}
