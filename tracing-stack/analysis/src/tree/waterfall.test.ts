import { describe, expect, test } from 'vitest';
import type { TraceSpan } from './trace-span.ts';
import { summary } from './trace-summary.ts';
import { type Waterfall, waterfall } from './waterfall.ts';

function span(
  spanId: string,
  parentId?: string,
  startTime = 0,
  more: Partial<TraceSpan> = {},
): TraceSpan {
  const rest = { duration: 1, serviceName: 's', operationName: 'o', hasError: false };
  return { spanId, parentId, startTime, ...rest, ...more };
}

/** One line a row: dashes for depth, the id, `?` for an orphan. */
function drawing(spans: readonly TraceSpan[], { rows }: Waterfall = waterfall(spans)): string {
  return rows
    .map((row) => '-'.repeat(row.depth) + spans[row.index]?.spanId + (row.isOrphan ? '?' : ''))
    .join(' ');
}

describe('waterfall', () => {
  test.each<[string, TraceSpan[], string]>([
    ['no spans', [], ''],
    ['a parent that came after its child', [span('b', 'a', 2), span('a', undefined, 1)], 'a -b'],
    [
      'children in order of start, not of arrival',
      [span('a'), span('d', 'a', 9), span('b', 'a', 1), span('c', 'b', 2)],
      'a -b --c -d',
    ],
    [
      'spans that start together in order of arrival',
      [span('a'), span('c', 'a'), span('b', 'a')],
      'a -c -b',
    ],
    ['a child that starts before its parent', [span('a', '', 5), span('b', 'a', 1)], 'a -b'],
    ['zero as no parent', [span('a', '0000000000000000'), span('b', '0', 1)], 'a b'],
    ['a missing parent', [span('a', '', 1), span('b', 'x', 2), span('c', 'b', 3)], 'a b? -c'],
    [
      'children of one missing parent, which stand together, and others between them',
      [
        span('a', 'x', 1),
        span('b', 'y', 2),
        span('c', '', 3),
        span('d', 'x', 4),
        span('e', 'a', 5),
      ],
      'a? -e d? b? c',
    ],
    ['a span that is its own parent', [span('a', 'a'), span('b', 'a', 1)], 'a? -b'],
    ['a circle of two', [span('a', 'b', 2), span('b', 'a', 1)], 'b? -a'],
    [
      'a circle with a tail that starts before it',
      [span('t', 'b', 0), span('a', 'c', 1), span('b', 'a', 2), span('c', 'b', 3)],
      'a? -b --t --c',
    ],
    [
      'one id twice: children hang on the first to start',
      [span('a', undefined, 1), span('a', undefined, 0), span('b', 'a', 2)],
      'a -b a',
    ],
    ['a second span that has its parent as its id', [span('a', '', 0), span('a', 'a', 1)], 'a -a'],
  ])('%s', (_what, spans, expected) => {
    expect(drawing(spans)).toBe(expected);
  });

  test('counts children and descendants', () => {
    const { rows } = waterfall([
      span('a'),
      span('b', 'a', 1),
      span('c', 'b', 2),
      span('d', 'a', 3),
    ]);
    expect(rows.map((row) => [row.childCount, row.descendantCount])).toEqual([
      [2, 3],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(rows.map((row) => row.parentRow)).toEqual([-1, 0, 1, 0]);
  });

  test('spans the time from the first start to the last end, negative durations counting as none', () => {
    const unsigned = JSON.parse('18446744073709551611'); // -5 as Jaeger prints it
    const spans = [
      span('a', '', 100, { duration: 50 }),
      span('b', 'a', 110, { duration: -20 }),
      span('c', 'a', 120, { duration: unsigned }),
    ];
    expect(waterfall(spans)).toMatchObject({ startTime: 100, endTime: 150 });
    expect(waterfall([])).toEqual({ rows: [], startTime: 0, endTime: 0 });
  });

  test('takes a chain of 50,000 and a fan of 50,000', () => {
    const count = 50_000;
    const chain = Array.from({ length: count }, (_, i) => span(`${i + 1}`, `${i}`, i));
    const fan = Array.from({ length: count }, (_, i) =>
      span(`${i + 1}`, i === 0 ? '' : '1', count - i),
    );
    const { rows } = waterfall(chain);
    expect(rows.at(-1)).toMatchObject({ depth: count - 1, parentRow: count - 2 });
    expect(rows[0]).toMatchObject({ descendantCount: count - 1, childCount: 1 });
    expect(waterfall(fan).rows[0]).toMatchObject({ index: 0, childCount: count - 1 });
    expect(summary(chain).depth).toBe(count);
  });
});

describe('random forests', () => {
  const seeds = Array.from({ length: 25 }, (_, seed) => seed + 1);

  test.each(seeds)('seed %i: rows are a preorder of all spans with true counts', (seed) => {
    const spans = randomSpans(seed);
    const { rows } = waterfall(spans);
    expect(rows.map((row) => row.index).sort((a, b) => a - b)).toEqual([...spans.keys()]);
    for (const [at, row] of rows.entries()) {
      const below = rows.filter((other) => isBelow(rows, other.parentRow, at));
      expect(row.descendantCount).toBe(below.length);
      expect(rows.slice(at + 1, at + 1 + below.length)).toEqual(below);
      const children = rows.filter((other) => other.parentRow === at);
      expect(row.childCount).toBe(children.length);
      expect(row.depth).toBe((rows[row.parentRow]?.depth ?? -1) + 1);
      const starts = children.map((child) => spans[child.index]?.startTime ?? 0);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      const own = spans[row.index] as TraceSpan;
      if (row.parentRow >= 0)
        expect(own.parentId).toBe(spans[rows[row.parentRow]?.index ?? -1]?.spanId);
      expect(row.isOrphan).toBe(row.parentRow === -1 && own.parentId !== undefined);
    }
  });

  function isBelow(rows: Waterfall['rows'], row: number, ancestor: number): boolean {
    for (let at = row; at !== -1; at = rows[at]?.parentRow ?? -1) if (at === ancestor) return true;
    return false;
  }

  /** Up to 30 spans with few ids, so that parents are missing, doubled and in circles. */
  function randomSpans(seed: number): TraceSpan[] {
    const below = random(seed);
    const ids = 2 + below(40);
    return Array.from({ length: below(30) }, () =>
      span(`${1 + below(ids)}`, below(5) === 0 ? undefined : `${1 + below(ids)}`, below(20)),
    );
  }

  /** A small linear congruential generator: the same seed, the same spans, on every machine. */
  function random(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }
});

describe('summary', () => {
  test('names the root, the services in order of appearance, depth, errors and duration', () => {
    const spans = [
      span('c', 'b', 30, { serviceName: 'db', hasError: true, duration: 100 }),
      span('x', 'gone', 5, { serviceName: 'lost' }),
      span('a', '', 10, { serviceName: 'web', operationName: 'GET /' }),
      span('b', 'a', 20, { serviceName: 'web', hasError: true }),
    ];
    expect(summary(spans)).toEqual({
      spanCount: 4,
      root: spans[2],
      services: [
        { name: 'lost', spanCount: 1, errorCount: 0, colorIndex: 0 },
        { name: 'web', spanCount: 2, errorCount: 1, colorIndex: 1 },
        { name: 'db', spanCount: 1, errorCount: 1, colorIndex: 2 },
      ],
      depth: 3,
      errorCount: 2,
      orphanCount: 1,
      startTime: 5,
      duration: 125,
    });
  });

  test('takes the first orphan for the root when there is no other, and nothing when there are no spans', () => {
    const spans = [span('b', 'gone', 2), span('a', 'gone', 1)];
    expect(summary(spans).root).toBe(spans[1]);
    expect(summary([])).not.toHaveProperty('root');
  });
});
