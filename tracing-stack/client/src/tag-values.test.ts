import { expect, test } from 'vitest';
import { keyValueOf, keyValuesOf } from './tag-values.ts';

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

test.each([
  ['text', 'string', 'text'],
  ['', 'string', ''],
  [true, 'bool', true],
  [200, 'int64', 200n],
  [-7, 'int64', -7n],
  [Number.MAX_SAFE_INTEGER, 'int64', 9007199254740991n],
  [2 ** 53, 'float64', 2 ** 53],
  [0.25, 'float64', 0.25],
  [Number.NaN, 'string', 'NaN'],
  [Number.NEGATIVE_INFINITY, 'string', '-Inf'],
  [2n ** 63n - 1n, 'int64', 2n ** 63n - 1n],
  [-(2n ** 63n), 'int64', -(2n ** 63n)],
  [2n ** 63n, 'string', '9223372036854775808'],
  [undefined, 'string', ''],
  [null, 'string', 'null'],
  [{ a: [1, 'b'] }, 'string', '{"a":[1,"b"]}'],
  [new Date(0), 'string', '1970-01-01T00:00:00.000Z'],
  [new Date(Number.NaN), 'string', 'Invalid Date'],
  [new TypeError('no'), 'string', 'TypeError: no'],
  [Symbol('s'), 'string', 'Symbol(s)'],
  [cycle, 'string', '[object Object]'],
  [{ n: 1n }, 'string', '[object Object]'],
])('the value %o becomes %s %o', (value, type, expected) => {
  expect(keyValueOf('key', value)).toEqual({ key: 'key', type, value: expected });
});

test('bytes are copied, since their owner may write to them again', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const tag = keyValueOf('key', bytes);
  bytes[0] = 9;
  expect(tag).toEqual({ key: 'key', type: 'binary', value: new Uint8Array([1, 2, 3]) });
});

test('the fields of an object keep their order', () => {
  expect(keyValuesOf({ b: 1, a: 2 }).map(({ key }) => key)).toEqual(['b', 'a']);
});
