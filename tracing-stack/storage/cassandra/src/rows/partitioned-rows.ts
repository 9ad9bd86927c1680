import type { Write } from '../statements/statement.ts';
import { isKey, isShortEnough } from './key-length.ts';

/** Rows of one partition, in as many calls as their size asks for. */
export interface PartitionWrite {
  readonly statement: Write<object>;
  readonly calls: readonly (readonly object[])[];
}

/** Bytes and rows that go to the server in one call: it holds them in memory as one. */
const CALL_BYTES = 1024 * 1024;
const CALL_ROWS = 5000;

/** Gathers rows by their partitions, each once. */
export class PartitionedRows {
  /** Rows whose key Cassandra does not take: mostly one that is too long. */
  tooLong = 0;
  private readonly partitions = new Map<string, Partition>();

  add<P extends object>(statement: Write<P>, row: P): void {
    const columns = row as Readonly<Record<string, unknown>>;
    if (!fits(statement, columns)) {
      this.tooLong++;
      return;
    }
    const key = `${statement.cql}${keyOf(statement.partition, columns)}`;
    let partition = this.partitions.get(key);
    if (partition === undefined) {
      partition = { statement: statement as unknown as Write<object>, rows: new Map() };
      this.partitions.set(key, partition);
    }
    partition.rows.set(keyOf(statement.clustering, columns), row);
  }

  writes(): PartitionWrite[] {
    return Array.from(this.partitions.values(), ({ statement, rows }) => ({
      statement,
      calls: chunks([...rows.values()]),
    }));
  }
}

interface Partition {
  readonly statement: Write<object>;
  /** By their clustering key. */
  readonly rows: Map<string, object>;
}

function chunks(rows: readonly object[]): object[][] {
  const all: object[][] = [];
  let chunk: object[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = roughBytes(row);
    if (chunk.length > 0 && (chunk.length === CALL_ROWS || bytes + size > CALL_BYTES)) {
      all.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(row);
    bytes += size;
  }
  if (chunk.length > 0) all.push(chunk);
  return all;
}

/** About what a value takes on the wire. */
function roughBytes(value: unknown): number {
  if (typeof value === 'string') return 4 + value.length;
  if (Buffer.isBuffer(value)) return 4 + value.length;
  if (typeof value !== 'object' || value === null) return 12;
  let bytes = 4;
  for (const item of Object.values(value)) bytes += roughBytes(item);
  return bytes;
}

/** No two rows have the same text, because each value is preceded by its length. */
function keyOf(names: readonly string[], columns: Readonly<Record<string, unknown>>): string {
  let key = '';
  for (const name of names) {
    const value = columns[name];
    const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
    key += `${text.length}:${text}`;
  }
  return key;
}

function fits(statement: Write<never>, columns: Readonly<Record<string, unknown>>): boolean {
  const { partition, clustering } = statement as Write<Record<string, unknown>>;
  return (
    isKey(partition.map((name) => columns[name])) &&
    clustering.every((name) => isShortEnough([columns[name]]))
  );
}
