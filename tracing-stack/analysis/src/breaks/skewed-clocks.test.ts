import type { Trace } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { clockSkew } from '../adjusters/clock-skew.ts';
import { client, observedSpan, server, traceOf } from './example-trace.ts';
import { skewedClocks } from './skewed-clocks.ts';

const caller = (start: number, duration: number) =>
  observedSpan('call', [start, duration], undefined, { serviceName: 'shop', tags: client });
const callee = (start: number, duration: number, rest = {}) =>
  observedSpan('request', [start, duration], 'call', { tags: server, ...rest });

describe('clocks that do not agree', () => {
  test.each([
    ['a child before its parent', 100_000, 40_000, 'early', 70_000],
    ['a child after a call that was waited for', 0, 250_000, 'late', -240_000],
  ] as const)('%s', (_what, parentStart, childStart, shows, behind) => {
    const trace = traceOf('1', caller(parentStart, 50_000), callee(childStart, 30_000));
    expect(skewedClocks(trace)).toMatchObject([{ shows, behind, calls: 1 }]);
  });

  test.each([
    ['a child within its parent', callee(10_000, 30_000)],
    ['a start that was cut to the millisecond', callee(-999, 30_000)],
    ['what follows from a call', callee(90_000, 10, { parentReference: 'FOLLOWS_FROM' })],
    ['a child of the same process', callee(-5_000, 10, { serviceName: 'shop' })],
  ])('%s says nothing', (_what, child) => {
    expect(skewedClocks(traceOf('1', caller(0, 50_000), child))).toEqual([]);
  });

  test('are told once a pair of services, by the call that shows it most', () => {
    const trace = traceOf('1', caller(0, 50_000), callee(-9_000, 30_000), {
      ...callee(-40_000, 30_000),
      spanId: 'worse',
    });
    expect(skewedClocks(trace)).toMatchObject([{ child: { spanId: 'worse' }, calls: 2 }]);
  });

  test('are told where the query service has moved the spans, by how much it says', () => {
    const process = (ip: string) => ({
      serviceName: ip,
      tags: [{ key: 'ip', type: 'string' as const, value: ip }],
    });
    const span = (spanId: string, startTime: number, duration: number, parentId?: string) => ({
      traceId: '1',
      spanId,
      operationName: 'op',
      flags: 1,
      references: parentId
        ? [{ refType: 'CHILD_OF' as const, traceId: '1', spanId: parentId }]
        : [],
      startTime,
      duration,
      tags: [],
      logs: [],
      process: process(parentId ? '10.0.0.2' : '10.0.0.1'),
      warnings: [],
    });
    const stored = {
      traceId: '1',
      spans: [span('a', 0, 100_000), span('b', -1_300_500, 50_000, 'a')],
      warnings: [],
    } as unknown as Trace;
    const moved = clockSkew(60e6)(stored).spans[1];
    const trace = traceOf(
      '1',
      observedSpan('a', [0, 100_000], undefined, { serviceName: '10.0.0.1' }),
      observedSpan('b', [moved?.startTime ?? 0, 50_000], 'a', {
        serviceName: '10.0.0.2',
        warnings: moved?.warnings ?? [],
      }),
    );
    expect(skewedClocks(trace)).toMatchObject([{ shows: 'adjusted', behind: 1_325_500 }]);
  });

  test('a warning that only begins like that one is none', () => {
    const warnings = ["This span's timestamps were adjusted by hand"];
    expect(skewedClocks(traceOf('1', caller(0, 9), callee(1, 1, { warnings })))).toEqual([]);
  });
});
