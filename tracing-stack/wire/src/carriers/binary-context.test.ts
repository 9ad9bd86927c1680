import { expect, test } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { decodeBinaryContext, encodeBinaryContext } from './binary-context.ts';

const low = '01da0ad60e574b6e';
const child = { traceId: low, spanId: '4c9da616d3b4428d', parentId: low, flags: 1 };
const root = { traceId: low, spanId: low, parentId: '0000000000000000', flags: 1 };
const wide = {
  traceId: 'ff6d4d950dcade01fedcba9876543210',
  spanId: 'fedcba9876543210',
  parentId: '8000000000000001',
  flags: 1,
};

const IDS = `0000000000000000${low}4c9da616d3b4428d${low}01`;

// Recorded from jaeger-client-go 2.30.0: Tracer.Inject(context, opentracing.Binary, buffer).
test.each([
  ['a root', root, {}, `0000000000000000${low}${low}00000000000000000100000000`],
  [
    'a span that is not sampled',
    { ...child, flags: 0 },
    {},
    '000000000000000001da0ad60e574b6e4c9da616d3b4428d01da0ad60e574b6e0000000000',
  ],
  [
    'ids of all bits',
    wide,
    {},
    'ff6d4d950dcade01fedcba9876543210fedcba987654321080000000000000010100000000',
  ],
  [
    'a debug trace',
    {
      traceId: '5586d25399014c41',
      spanId: '5586d25399014c41',
      parentId: '0000000000000000',
      flags: 3,
    },
    {},
    '00000000000000005586d25399014c415586d25399014c4100000000000000000300000000',
  ],
  [
    'spaces, 中 and % in a value',
    child,
    { tenant: 'a b 中 100 %' },
    `${IDS}000000010000000674656e616e740000000d61206220e4b8ad203130302025`,
  ],
  [
    'a name that is no ASCII',
    child,
    { 中: '+😀' },
    `${IDS}0000000100000003e4b8ad000000052bf09f9880`,
  ],
  ['an empty value', child, { k: '' }, `${IDS}00000001000000016b00000000`],
  [
    'two items',
    child,
    { baggage: '123456789', baggage1: '12345' },
    `${IDS}00000002000000076261676761676500000009313233343536373839000000086261676761676531000000053132333435`,
  ],
])("%s is written as Go's client writes it, and read back", (_, context, items, hex) => {
  const baggage = new Map(Object.entries(items));
  expect(Buffer.from(encodeBinaryContext({ context, baggage })).toString('hex')).toBe(hex);
  expect(decodeBinaryContext(Buffer.from(hex, 'hex'))).toEqual({ context, baggage });
});

test('baggage longer than Go reads is written whole', () => {
  const baggage = new Map(Array.from({ length: 200 }, (_, i) => [`k${i}`, '中'.repeat(5000)]));
  expect(decodeBinaryContext(encodeBinaryContext({ context: child, baggage })).baggage).toEqual(
    baggage,
  );
});

test('every truncation is refused, with where the bytes end', () => {
  const baggage = new Map([['tenant', '中']]);
  const whole = encodeBinaryContext({ context: wide, baggage });
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodeBinaryContext(whole.subarray(0, length))).toThrow(DecodeError);
  }
  expect(decodeBinaryContext(Buffer.concat([whole, Buffer.from([1, 2, 3])])).context).toEqual(wide);
});

test.each([
  ['items', 33],
  ['bytes of a name', 37],
])('a promise of four billion %s costs nothing', (_, offset) => {
  const bytes = Buffer.from(
    encodeBinaryContext({ context: child, baggage: new Map([['a', 'b']]) }),
  );
  bytes.writeUInt32BE(0xffffffff, offset);
  expect(() => decodeBinaryContext(bytes)).toThrow(DecodeError);
});
