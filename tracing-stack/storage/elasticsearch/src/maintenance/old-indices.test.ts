import { expect, test } from 'vitest';
import type { JaegerIndex } from './jaeger-indices.ts';
import { daysAgo, oldIndices, type WhichIndices } from './old-indices.ts';

const DAILY: WhichIndices = {
  prefix: '',
  dateSeparator: '-',
  rollover: false,
  archive: false,
  before: 10,
};

const NAMES = [
  'jaeger-span-2026-11-22',
  'jaeger-span-2026-11-22-18',
  'jaeger-service-2026-11-22',
  'jaeger-dependencies-2026-11-22',
  'jaeger-sampling-2026-11-22',
  'jaeger-span-2026.11.22',
  'jaeger-span-20261122',
  'jaeger-span-000001',
  'jaeger-service-000002',
  'jaeger-span-archive',
  'jaeger-span-archive-000001',
  'pfx-jaeger-span-2026-11-22',
  'jaeger-other-2026-11-22',
  'jaeger-span-2026-11-22-copy',
];

function index(name: string, created = 5, ...aliases: string[]): JaegerIndex {
  return { name, created, aliases };
}

test.each<[Partial<WhichIndices>, string[]]>([
  [{}, NAMES.slice(0, 5)],
  [{ dateSeparator: '.' }, ['jaeger-span-2026.11.22']],
  [{ dateSeparator: '' }, ['jaeger-span-20261122']],
  [{ prefix: 'pfx' }, ['pfx-jaeger-span-2026-11-22']],
  [{ rollover: true }, ['jaeger-span-000001', 'jaeger-service-000002']],
  [{ archive: true }, ['jaeger-span-archive-000001']],
  [{ before: 5 }, []],
])('with %j', (which, expected) => {
  const found = oldIndices(
    NAMES.map((name) => index(name)),
    { ...DAILY, ...which },
  );
  expect(found.map(({ name }) => name)).toEqual(expected);
});

test('what is written to behind an alias stays, what is read behind one does not', () => {
  const indices = [
    index('jaeger-span-000001', 5, 'jaeger-span-read'),
    index('jaeger-span-000002', 5, 'jaeger-span-read', 'jaeger-span-write'),
  ];
  const found = oldIndices(indices, { ...DAILY, rollover: true });
  expect(found.map(({ name }) => name)).toEqual(['jaeger-span-000001']);
});

test.each([
  [0, Date.UTC(2026, 10, 23)],
  [1, Date.UTC(2026, 10, 22)],
  [14, Date.UTC(2026, 10, 9)],
])('%i days ago is counted from the coming midnight', (days, expected) => {
  expect(daysAgo(days, Date.UTC(2026, 10, 22, 18, 20))).toBe(expected);
});
