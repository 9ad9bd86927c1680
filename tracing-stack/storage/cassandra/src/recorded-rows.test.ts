import { cassandraRows, cassandraStatements } from '@spoor/fixtures';
import { describe, expect, it } from 'vitest';
import { addIndexRows } from './rows/index-rows.ts';
import { PartitionedRows } from './rows/partitioned-rows.ts';
import { processColumns, spanColumns, spanOf } from './rows/span-columns.ts';
import { storedKindOf } from './rows/span-kind.ts';
import { HASHED_KEY } from './rows/tag-index.ts';
import { INSERT_DURATION_INDEX } from './statements/insert-duration-index.ts';
import { INSERT_OPERATION_INDEX } from './statements/insert-operation-index.ts';
import { INSERT_OPERATION_NAME } from './statements/insert-operation-name.ts';
import { INSERT_SERVICE_INDEX } from './statements/insert-service-index.ts';
import { INSERT_SERVICE_NAME } from './statements/insert-service-name.ts';
import { INSERT_SPAN, type SpanRow } from './statements/insert-span.ts';
import { INSERT_TAG_INDEX } from './statements/insert-tag-index.ts';
import { CASSANDRA_DEFAULTS } from './store-options.ts';
import { columns } from './testing/recorded-columns.ts';

const INSERTS = [
  INSERT_SPAN,
  INSERT_SERVICE_NAME,
  INSERT_OPERATION_NAME,
  INSERT_SERVICE_INDEX,
  INSERT_OPERATION_INDEX,
  INSERT_TAG_INDEX,
  INSERT_DURATION_INDEX,
];

const recorded = cassandraRows();
const spanRows = (recorded['traces'] ?? []).map((row) => columns(row) as unknown as SpanRow);

/** The table and the columns of an insertion. */
function target(cql: string): string {
  const [, table, list = ''] = /INSERT INTO (\w+) ?\(([^)]*)\)/.exec(cql) ?? [];
  return `${table}: ${list.split(/,\s*/).sort().join(' ')}`;
}

/** What ours would write for the recorded spans, by table. */
function ownRows(startIndex: boolean): Map<string, object[]> {
  const rows = new PartitionedRows();
  for (const row of spanRows) {
    addIndexRows(rows, spanOf(row), row, { ...CASSANDRA_DEFAULTS.index, startIndex });
  }
  const tables = new Map<string, object[]>();
  for (const { statement, calls } of rows.writes()) {
    const [, table = ''] = /INSERT INTO (\w+)/.exec(statement.cql) ?? [];
    tables.set(table, [...(tables.get(table) ?? []), ...calls.flat()]);
  }
  return tables;
}

/** Rows to compare: what the driver takes for a time as the time, and in one order. */
function comparable(rows: readonly object[]): string[] {
  const plain = (name: string, value: unknown) => {
    if (name === 'bucket' && typeof value === 'bigint')
      return new Date(Number(value)).toISOString();
    if (value instanceof Date) return value.toISOString();
    if (Buffer.isBuffer(value)) return value.toString('hex');
    return String(value);
  };
  return rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name}=${plain(name, value)}`)
        .sort()
        .join(' '),
    )
    .sort();
}

describe("the real collector's rows", () => {
  it.each(spanRows.map((row) => [row.operation_name, row] as const))(
    'the span %s is read and would be written as it is',
    (_, { span_hash, ...row }) => {
      const span = spanOf(row);
      const written = spanColumns(span, processColumns(span.process));
      const lists = { tags: row.tags ?? undefined, logs: row.logs ?? undefined };
      expect(written).toEqual({ ...row, ...lists, refs: row.refs ?? undefined });
      expect(typeof span_hash).toBe('bigint');
    },
  );

  it.each(['service_name_index', 'service_operation_index', 'duration_index'])(
    'ours would be the same in %s',
    (table) => {
      const theirs = (recorded[table] ?? []).map(columns);
      expect(theirs.length).toBeGreaterThan(0);
      expect(comparable(ownRows(false).get(table) ?? [])).toEqual(comparable(theirs));
    },
  );

  it('ours would be the same in tag_index, and those that Jaeger leaves out beside them', () => {
    const theirs = comparable((recorded['tag_index'] ?? []).map(columns));
    const ours = comparable(ownRows(false).get('tag_index') ?? []);
    expect(ours).toEqual(expect.arrayContaining(theirs));
    const others = ours.filter((row) => !theirs.includes(row));
    const keys = others.map((row) => /tag_key=(\S*)/.exec(row)?.[1]).sort();
    expect(keys).toEqual(['payload', 'raw', HASHED_KEY]);
  });

  it('ours would be the same in operation_names_v2', () => {
    const ours = spanRows.map((row) => {
      const { service_name } = row.process;
      const { operation_name } = row;
      return { service_name, span_kind: storedKindOf(spanOf(row)), operation_name };
    });
    expect(comparable(ours)).toEqual(comparable(recorded['operation_names_v2'] ?? []));
  });

  it('each span is in our own index twice', () => {
    expect(ownRows(true).get('spoor_start_index')).toHaveLength(2 * spanRows.length);
    expect(ownRows(false).has('spoor_start_index')).toBe(false);
  });
});

it('our insertions fill the columns that theirs fill', () => {
  const theirs = cassandraStatements()
    .filter((cql) => cql.startsWith('INSERT') && !cql.includes('dependencies'))
    .map(target);
  expect(theirs).toHaveLength(INSERTS.length);
  expect(INSERTS.map(({ cql }) => target(cql.replaceAll(/\s+/g, ' '))).sort()).toEqual(
    theirs.sort(),
  );
});
