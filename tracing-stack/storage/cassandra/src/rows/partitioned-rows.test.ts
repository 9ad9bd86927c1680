import { expect, it } from 'vitest';
import { INSERT_OPERATION_INDEX } from '../statements/insert-operation-index.ts';
import { PartitionedRows } from './partitioned-rows.ts';

const trace_id = Buffer.alloc(16);

function add(rows: PartitionedRows, service_name: string, operation_name: string, start: number) {
  rows.add(INSERT_OPERATION_INDEX, {
    service_name,
    operation_name,
    start_time: BigInt(start),
    trace_id,
  });
}

const sizes = (rows: PartitionedRows) =>
  rows.writes().map(({ calls }) => calls.map((call) => call.length));

it('rows of one partition go together, equal ones once', () => {
  const rows = new PartitionedRows();
  for (const start of [1, 2, 2, 3]) add(rows, 'a', 'b', start);
  add(rows, 'a', 'c', 1);
  expect(sizes(rows)).toEqual([[3], [1]]);
});

it('columns cannot be mixed up', () => {
  const rows = new PartitionedRows();
  add(rows, 'a', 'bc', 1);
  add(rows, 'ab', 'c', 1);
  add(rows, 'a1:b', 'c', 1);
  expect(sizes(rows)).toEqual([[1], [1], [1]]);
});

it('a large partition takes several calls', () => {
  const rows = new PartitionedRows();
  for (let start = 0; start < 12_000; start++) add(rows, 'a', 'b', start);
  const [calls = []] = sizes(rows);
  expect(calls).toEqual([5000, 5000, 2000]);
  const wide = new PartitionedRows();
  for (let start = 0; start < 60; start++) add(wide, 'a', 'x'.repeat(60_000), start);
  const [few = []] = sizes(wide);
  expect(few.length).toBeGreaterThan(2);
  expect(few.reduce((sum, count) => sum + count)).toBe(60);
});

it('what no key can hold is left out and counted', () => {
  const rows = new PartitionedRows();
  add(rows, 'a', 'x'.repeat(65_528), 1);
  add(rows, 'a', 'x'.repeat(65_529), 1);
  add(rows, '界'.repeat(11_000), '界'.repeat(11_000), 1);
  expect([rows.writes().length, rows.tooLong]).toEqual([1, 2]);
});
