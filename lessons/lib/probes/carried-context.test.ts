import { describe, expect, test } from 'vitest';
import { inventCaller } from './caller.ts';
import { type CarriedKeys, carriedBaggage, carriedContext } from './carried-context.ts';

describe('the context that was sent along', () => {
  test.each<[string, CarriedKeys, object | undefined]>([
    [
      'as Jaeger writes it',
      { 'uber-trace-id': ['abc:1f:0:1'] },
      { traceId: '0000000000000abc', spanId: '000000000000001f' },
    ],
    [
      'with its colons escaped',
      { 'uber-trace-id': ['abc%3A1f%3A0%3A1'] },
      { traceId: '0000000000000abc', spanId: '000000000000001f' },
    ],
    [
      'with a wide trace id',
      { 'uber-trace-id': [`1${'0'.repeat(16)}:2:0:1`] },
      { traceId: `${'0'.repeat(15)}1${'0'.repeat(16)}`, spanId: '0000000000000002' },
    ],
    ['not at all', {}, undefined],
    ['as an object that was made a text', { 'uber-trace-id': ['[object Object]'] }, undefined],
    ['as two values in one text', { 'uber-trace-id': ['1:2:0:1, 3:4:0:1'] }, undefined],
  ])('%s', (_how, keys, context) => {
    expect(carriedContext(keys)).toEqual(context);
  });

  test('of an invented caller is its own, with its baggage', () => {
    const caller = inventCaller(['baggage', 'baggage1']);
    const keys = Object.fromEntries(
      Object.entries(caller.headers).map(([key, value]) => [key, [value]]),
    );
    expect(carriedContext(keys)).toEqual({ traceId: caller.traceId, spanId: caller.spanId });
    for (const [key, value] of Object.entries(caller.baggage))
      expect(carriedBaggage(keys, key)).toBe(value);
    expect(inventCaller(['baggage']).headers).not.toEqual(inventCaller(['baggage']).headers);
  });
});

test.each([
  ['12%2045', '12 45'],
  ['100 %', '100 %'],
])('baggage is read as its sender wrote it: %s', (sent, read) => {
  expect(carriedBaggage({ 'uberctx-a': [sent] }, 'a')).toBe(read);
});
