import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Micros, TraceId } from '@spoor/model';
import type { DependencyLink } from '@spoor/storage-api';
import { type Call, LinkCounts } from '@spoor/storage-api/dependencies';
import type { Transaction } from 'lmdb';
import { flushFolder } from './bucket-list.ts';
import { dataFileSize } from './data-file.ts';
import { DEPENDENCIES_FOLDER } from './store-folders.ts';
import { openRows, type RowKey, type Rows } from './tables.ts';

/*
 * What is known of who called whom, in an LMDB environment beside the buckets:
 *
 *   ['counted']               the sequence number up to which records were counted
 *   ['trace', bucket, id]     the calls of a trace, under the newest bucket that holds spans of it
 *   ['slot', bucket, slot]    the sums of these calls by minute of their time
 *   ['written', timestamp]    the links that somebody wrote
 *
 * Rows of a bucket that is gone count no more, so the graph forgets calls when the spans go.
 */
export type Counts = readonly (readonly [parent: string, child: string, count: number])[];

const SLOT: Micros = 60_000_000;
/** Sorts behind the name of every bucket, and behind every key that such a name begins. */
const LAST = '\uffff';

/** A trace as it was counted anew. */
export interface CountedTrace {
  readonly traceId: TraceId;
  /** Those that hold spans of it, oldest first; at least one. */
  readonly buckets: readonly string[];
  readonly calls: readonly Call[];
}

export function slotOf(time: Micros): number {
  return Math.floor(time / SLOT);
}

/** The start of a slot. */
export function slotStart(slot: number): Micros {
  return slot * SLOT;
}

/** One state of the ledger, to be ended with `done`. */
export class LedgerSnapshot {
  private readonly rows: Rows;
  private readonly transaction: Transaction;

  constructor(rows: Rows) {
    this.rows = rows;
    rows.resetReadTxn();
    this.transaction = rows.useReadTransaction();
  }

  counted(): number {
    return (this.get(['counted']) as number | undefined) ?? 0;
  }

  calls(traceId: TraceId, buckets: readonly string[]): readonly Call[] {
    return callsOf((key) => this.get(key), traceId, buckets)?.calls ?? [];
  }

  /** Adds the sums of the slots from `first` to `last`, both included. */
  addSlots(links: LinkCounts, buckets: readonly string[], first: number, last: number): void {
    const { transaction } = this;
    for (const bucket of buckets) {
      const range = {
        start: ['slot', bucket, first],
        end: ['slot', bucket, last + 1],
        transaction,
      };
      for (const { value } of this.rows.getRange(range)) {
        for (const [parent, child, count] of value as Counts) links.add({ parent, child }, count);
      }
    }
  }

  addWritten(links: LinkCounts, from: Micros, to: Micros): void {
    const { transaction } = this;
    const range = { start: ['written', from], end: ['written', to + 1], transaction };
    for (const { value } of this.rows.getRange(range)) {
      for (const link of value as DependencyLink[]) links.add(link, link.callCount);
    }
  }

  done(): void {
    this.transaction.done();
  }

  private get(key: RowKey): unknown {
    return this.rows.get(key, { transaction: this.transaction });
  }
}

/** Opens the environment when it is first used. */
export class CallLedger {
  private readonly directory: string;
  private readonly path: string;
  private readonly readOnly: boolean;
  private opened: Rows | undefined;

  constructor(directory: string, readOnly: boolean) {
    this.directory = directory;
    this.path = join(directory, DEPENDENCIES_FOLDER);
    this.readOnly = readOnly;
  }

  /** `undefined` as long as no writer has made it. */
  snapshot(): LedgerSnapshot | undefined {
    if (this.readOnly && dataFileSize(this.path) === undefined) return undefined;
    return new LedgerSnapshot(this.rows());
  }

  /** Puts these traces in place of what was known of them; `counted` is the last record that they were read up to. */
  async replace(traces: readonly CountedTrace[], counted: number): Promise<void> {
    const rows = this.rows();
    await rows.childTransaction(() => {
      const changes = new SlotChanges();
      for (const { traceId, buckets, calls } of traces) {
        const old = callsOf((key) => rows.get(key), traceId, buckets);
        const bucket = buckets[buckets.length - 1] ?? '';
        for (const call of old?.calls ?? []) changes.add(old?.bucket ?? '', call, -1);
        for (const call of calls) changes.add(bucket, call, 1);
        if (old && old.bucket !== bucket) rows.removeSync(['trace', old.bucket, traceId]);
        if (calls.length > 0) rows.putSync(['trace', bucket, traceId], calls);
        else if (old) rows.removeSync(['trace', old.bucket, traceId]);
      }
      changes.apply(rows);
      rows.putSync(['counted'], counted);
    });
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    await this.rows().childTransaction(() => {
      this.rows().putSync(['written', timestamp], links);
    });
  }

  /** Removes what stands under other buckets than these, a part at a time. */
  async forgetAllBut(buckets: ReadonlySet<string>): Promise<void> {
    if (!existsSync(this.path)) return;
    const rows = this.rows();
    for (const kind of ['trace', 'slot']) {
      let start: RowKey = [kind, ''];
      for (;;) {
        const [, bucket] = [...rows.getKeys({ start, end: [kind, LAST], limit: 1 })][0] ?? [];
        if (bucket === undefined) break;
        const end = [kind, `${bucket}${LAST}`];
        if (!buckets.has(String(bucket))) await removeRange(rows, [kind, bucket], end);
        start = end;
      }
    }
  }

  /** Closes the environment; the next call opens it again. */
  async letGo(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.close();
  }

  private rows(): Rows {
    if (this.opened === undefined) {
      const { path, readOnly } = this;
      if (!readOnly && !existsSync(path)) {
        mkdirSync(path);
        flushFolder(this.directory);
      }
      this.opened = openRows(path, readOnly);
    }
    return this.opened;
  }
}

async function removeRange(rows: Rows, start: RowKey, end: RowKey): Promise<void> {
  for (;;) {
    const keys = [...rows.getKeys({ start, end, limit: 10_000 })];
    if (keys.length === 0) return;
    await rows.childTransaction(() => {
      for (const key of keys) rows.removeSync(key);
    });
  }
}

/** What is to be added to the sums of the slots. */
class SlotChanges {
  private readonly slots = new Map<string, { key: RowKey; links: LinkCounts }>();

  add(bucket: string, call: Call, count: number): void {
    const slot = slotOf(call.startTime);
    const name = `${bucket}/${slot}`;
    let found = this.slots.get(name);
    if (found === undefined) {
      found = { key: ['slot', bucket, slot], links: new LinkCounts() };
      this.slots.set(name, found);
    }
    found.links.add(call, count);
  }

  apply(rows: Rows): void {
    for (const { key, links } of this.slots.values()) {
      for (const [parent, child, count] of (rows.get(key) as Counts | undefined) ?? []) {
        links.add({ parent, child }, count);
      }
      const counts = links.all().filter(({ callCount }) => callCount > 0);
      if (counts.length === 0) rows.removeSync(key);
      else
        rows.putSync(
          key,
          counts.map((link) => [link.parent, link.child, link.callCount]),
        );
    }
  }
}

/** The calls of a trace that were counted, and the bucket that they stand under. */
function callsOf(
  get: (key: RowKey) => unknown,
  traceId: TraceId,
  buckets: readonly string[],
): { bucket: string; calls: readonly Call[] } | undefined {
  for (const bucket of buckets.toReversed()) {
    const calls = get(['trace', bucket, traceId]) as readonly Call[] | undefined;
    if (calls !== undefined) return { bucket, calls };
  }
  return undefined;
}
