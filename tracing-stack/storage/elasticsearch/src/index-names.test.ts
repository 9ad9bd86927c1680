import { describe, expect, it, test } from 'vitest';
import { IndexNames, type IndexNaming } from './index-names.ts';

const NAMING: IndexNaming = {
  prefix: '',
  separator: '-',
  rollover: 'day',
  useAliases: false,
  remoteClusters: [],
};

/** Of 2026-11-22T18:19:52.972Z, which the recorded documents carry. */
const EVENING = 1_795_371_592_972_000;
const HOUR = 3_600_000_000;

describe('a document goes by the UTC date of its span', () => {
  test.each<[Partial<IndexNaming>, string]>([
    [{}, 'jaeger-span-2026-11-22'],
    [{ separator: '.' }, 'jaeger-span-2026.11.22'],
    [{ separator: '' }, 'jaeger-span-20261122'],
    [{ prefix: 'pfx', separator: '.', rollover: 'hour' }, 'pfx-jaeger-span-2026.11.22.18'],
    [{ useAliases: true, prefix: 'pfx' }, 'pfx-jaeger-span-write'],
  ])('with %j to %s', (naming, name) => {
    expect(new IndexNames('jaeger-span', { ...NAMING, ...naming }).forWriting(EVENING)).toBe(name);
  });

  test.each([
    [-1, 'jaeger-span-1969-12-31'],
    [-(2 ** 63), 'jaeger-span-1900-01-01'],
    [2 ** 63, 'jaeger-span-9999-12-31'],
  ])('also one with a clock at %d µs, to %s', (time, name) => {
    expect(new IndexNames('jaeger-span', NAMING).forWriting(time)).toBe(name);
  });
});

describe('a window is read from the indices of its days', () => {
  const DAYS = ['jaeger-span-2026-11-22', 'jaeger-span-2026-11-21'];

  test.each<[Partial<IndexNaming>, number, string[]]>([
    [{}, 1, ['jaeger-span-2026-11-22']],
    [{}, 20, DAYS],
    [{ rollover: 'hour' }, 1, ['jaeger-span-2026-11-22-18', 'jaeger-span-2026-11-22-17']],
    [{ useAliases: true }, 1, ['jaeger-span-read']],
    [
      { remoteClusters: ['a', 'b'] },
      20,
      [...DAYS, ...DAYS.map((d) => `a:${d}`), ...DAYS.map((d) => `b:${d}`)],
    ],
  ])('with %j, %d hours', (naming, hours, names) => {
    const indices = new IndexNames('jaeger-span', { ...NAMING, ...naming });
    expect(indices.forReading(EVENING - hours * HOUR, EVENING)).toEqual(names);
  });

  it('a long one by a pattern, and without the archive', () => {
    const indices = new IndexNames('jaeger-span', NAMING);
    const names = ['jaeger-span-*', '-jaeger-span-archive*'];
    expect(indices.forReading(EVENING - 24 * 60 * HOUR, EVENING)).toEqual(names);
    expect(indices.forReading(-Infinity, Infinity)).toEqual(names);
    expect(indices.all()).toEqual(names);
  });

  it('also of remote clusters, each of which leaves out its own archive', () => {
    const indices = new IndexNames('jaeger-span', { ...NAMING, remoteClusters: ['a', 'b'] });
    const local = ['jaeger-span-*', '-jaeger-span-archive*'];
    expect(indices.all()).toEqual([
      ...local,
      ...local.map((name) => `a:${name}`),
      ...local.map((name) => `b:${name}`),
    ]);
  });

  it('one whose names are longer than a line of HTTP by a pattern, too', () => {
    const hourly = (naming: Partial<IndexNaming>) =>
      new IndexNames('jaeger-span', { ...NAMING, rollover: 'hour', ...naming });
    const prefix = 'p'.repeat(60);
    const long = hourly({ prefix }).forReading(EVENING - 49 * HOUR, EVENING);
    expect(long).toEqual([`${prefix}-jaeger-span-*`, `-${prefix}-jaeger-span-archive*`]);
    const remote = hourly({ prefix: 'production', remoteClusters: ['far', 'near'] });
    expect(remote.forReading(EVENING - 30 * HOUR, EVENING)).toEqual(remote.all());
    expect(remote.forReading(EVENING - 5 * HOUR, EVENING)).toHaveLength(18);
  });

  it('every document is where a window with its time looks', () => {
    const indices = new IndexNames('jaeger-span', NAMING);
    for (const time of [-1, 0, EVENING, -(2 ** 63), 2 ** 63]) {
      expect(indices.forReading(time, time)).toEqual([indices.forWriting(time)]);
    }
  });
});
