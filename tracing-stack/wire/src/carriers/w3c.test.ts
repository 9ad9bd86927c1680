import { expect, test } from 'vitest';
import { formatTraceparent, formatW3cBaggage, parseTraceparent, parseW3cBaggage } from './w3c.ts';

const wide = 'ff6d4d950dcade01fedcba9876543210';
const spanId = '4c9da616d3b4428d';
const parentId = '0000000000000000';

test.each([
  [{ traceId: wide, spanId, parentId, flags: 1 }, `00-${wide}-${spanId}-01`],
  [{ traceId: wide, spanId, parentId, flags: 0 }, `00-${wide}-${spanId}-00`],
  [
    { traceId: '01da0ad60e574b6e', spanId, parentId, flags: 1 },
    `00-000000000000000001da0ad60e574b6e-${spanId}-01`,
  ],
])('%j is written and read back', (context, text) => {
  expect(formatTraceparent(context)).toBe(text);
  expect(parseTraceparent(text)).toEqual(context);
});

test.each([
  ['flags that are not ours', `00-${wide}-${spanId}-03`, 1],
  ['only flags that are not ours', `00-${wide}-${spanId}-fe`, 0],
  ['a later version', `01-${wide}-${spanId}-01`, 1],
  ['a later version that says more', `cc-${wide}-${spanId}-01-what-the-future-will-be-like`, 1],
])('%s: read', (_, text, flags) => {
  expect(parseTraceparent(text)).toEqual({ traceId: wide, spanId, parentId, flags });
});

test('the flag of debug is not told to those to whom it means another thing', () => {
  expect(formatTraceparent({ traceId: wide, spanId, parentId, flags: 3 })).toMatch(/-01$/);
});

test.each([
  '',
  'x',
  `ff-${wide}-${spanId}-01`,
  `00-${wide}-${spanId}-01-more`,
  `01-${wide}-${spanId}-01more`,
  `00-${wide.toUpperCase()}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${wide}-${'0'.repeat(16)}-01`,
  `00-${wide}-${spanId}-1`,
  `00-${wide}-${spanId}`,
])('%j is refused', (text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});

test('baggage is written as pairs with their values encoded, and read back', () => {
  const items: [string, string][] = [
    ['tenant', 'a b 中 + 100 %'],
    ['empty', ''],
    ['list', 'a,b;c=d'],
  ];
  const text = formatW3cBaggage(items);
  expect(text).toBe('tenant=a%20b%20%E4%B8%AD%20%2B%20100%20%25,empty=,list=a%2Cb%3Bc%3Dd');
  expect(parseW3cBaggage(text)).toEqual(items);
});

test.each([
  [
    'a=1 , b = 2;ttl=3;x',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['a=b=c', [['a', 'b=c']]],
  ['a=%zz', [['a', '%zz']]],
  ['a,=b,', []],
  ['', []],
])('baggage %j is read as %j', (text, items) => {
  expect(parseW3cBaggage(text)).toEqual(items);
});
