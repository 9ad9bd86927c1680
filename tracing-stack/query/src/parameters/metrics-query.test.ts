import { expect, test } from 'vitest';
import { checkMetricsQuery, checkQuantile } from './metrics-query.ts';

// What a real Jaeger said to wrong parameters is compared in ../query.test.ts.
test.each([
  'service=a',
  'service=',
  'service=a&service=b&groupByOperation=T&spanKind=client&spanKind=unspecified',
  'service=a&endTs=1&lookback=-2&step=&ratePer=%2B3',
])('takes %s', (text) => {
  expect(() => checkMetricsQuery(new URLSearchParams(text))).not.toThrow();
});

test.each([
  ['spanKind=x&groupByOperation=x', 'service'],
  ['service=a&spanKind=x&groupByOperation=x', 'groupByOperation'],
  ['service=a&spanKind=server&spanKind=&endTs=x', 'spanKind'],
  ['service=a&lookback=1.5&endTs=x', 'endTs'],
  ['service=a&step=x&lookback=1h', 'lookback'],
  ['service=a&ratePer=x&step=x', 'step'],
  ['service=a&ratePer=99999999999999999999', 'ratePer'],
])('of %s names %s', (text, name) => {
  expect(() => checkMetricsQuery(new URLSearchParams(text))).toThrow(
    `unable to parse param '${name}': `,
  );
});

test.each(['0.95', '1', '.5', '5.', '-1e-3', 'NaN', '+Inf', 'infinity', '0x1p-2', '1e-400'])(
  'the quantile %s is a number to Go',
  (quantile) => {
    expect(() => checkQuantile(new URLSearchParams({ quantile }))).not.toThrow();
  },
);

test.each([
  ['', 'invalid syntax'],
  ['x', 'invalid syntax'],
  ['1e', 'invalid syntax'],
  ['0x1', 'invalid syntax'],
  ['-nan', 'invalid syntax'],
  ['1e400', 'value out of range'],
])('the quantile "%s" is none', (quantile, reason) => {
  expect(() => checkQuantile(new URLSearchParams({ quantile }))).toThrow(
    `unable to parse param 'quantile': strconv.ParseFloat: parsing "${quantile}": ${reason}`,
  );
});

test.each([
  ['1', 'x'],
  ['0x1', ''],
])('half a million digits after %s do not hold up the others', (start, end) => {
  const parameters = new URLSearchParams({ quantile: start + '1'.repeat(500_000) + end });
  expect(() => checkQuantile(parameters)).toThrow('invalid syntax');
});
