import { expect, test } from 'vitest';
import { floatAsString, type KeyValue, valueAsString } from './key-values.ts';

test.each<[KeyValue, string]>([
  [{ key: 'k', type: 'string', value: 'text 中' }, 'text 中'],
  [{ key: 'k', type: 'bool', value: true }, 'true'],
  [{ key: 'k', type: 'int64', value: -(2n ** 63n) }, '-9223372036854775808'],
  [{ key: 'k', type: 'float64', value: 0.25 }, '0.25'],
  [{ key: 'k', type: 'binary', value: Uint8Array.of(0, 1, 0xfe, 0xff) }, '0001feff'],
])('$0.type is searched for as $1', (tag, text) => {
  expect(valueAsString(tag)).toBe(text);
});

// What Go's strconv.FormatFloat(f, 'g', 10, 64) prints.
test.each([
  [0, '0'],
  [-0, '-0'],
  [3, '3'],
  [-1.5, '-1.5'],
  [100, '100'],
  [1 / 3, '0.3333333333'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [123456789.123, '123456789.1'],
  [9999999999.4, '9999999999'],
  [9999999999.6, '1e+10'],
  [12345678901, '1.23456789e+10'],
  [1234567890.5, '1234567890'],
  [1234567891.5, '1234567892'],
  [-12345678.125, '-12345678.12'],
  [0.00030517578125, '0.0003051757812'],
  [12345678905, '1.23456789e+10'],
  [9999999999.5, '1e+10'],
  [0.12345678905, '0.1234567891'],
  [1e100, '1e+100'],
  [5e-324, '4.940656458e-324'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('the double %d is written as Go writes it: %s', (value, text) => {
  expect(floatAsString(value)).toBe(text);
});
