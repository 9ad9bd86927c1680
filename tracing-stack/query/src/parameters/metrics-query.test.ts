import { expect, test } from 'vitest';
import { metricsQuery, quantileParameter } from './metrics-query.ts';

const NOW = 1_795_370_433_000_000;

const query = (text: string) => metricsQuery(new URLSearchParams(text), NOW);

const DEFAULTS = {
  serviceNames: ['a'],
  groupByOperation: false,
  groupByCaller: false,
  spanKinds: ['server'],
  end: NOW,
  lookback: 3600e6,
  step: 5e6,
  ratePer: 600e6,
};

// What a real Jaeger said to wrong parameters is compared in ../query.test.ts.
test.each([
  ['service=a', {}],
  ['service=', { serviceNames: [''] }],
  [
    'service=a&service=b&groupByOperation=T&spanKind=client&spanKind=unspecified',
    {
      serviceNames: ['a', 'b'],
      groupByOperation: true,
      spanKinds: ['client', 'unspecified'],
    },
  ],
  ['service=a&endTs=1&lookback=2&step=&ratePer=%2B3', { end: 1000, lookback: 2000, ratePer: 3000 }],
  ['service=a&groupByCaller=1', { groupByCaller: true }],
  ['service=a&lookback=10999&step=1', { lookback: 10_999_000, step: 1000 }],
])('reads %s', (text, asked) => {
  expect(query(text)).toEqual({ ...DEFAULTS, ...asked });
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
  expect(() => query(text)).toThrow(`unable to parse param '${name}': `);
});

test.each([
  ['endTs=9223372036854775807', "'endTs' is too far away"],
  ['lookback=-1', "'lookback' should be 0 or more"],
  ['lookback=9223372036854775807&step=9223372036854775807', "'lookback' should be 0 or more"],
  ['step=0', "'step' should be greater than 0"],
  ['ratePer=0', "'ratePer' should be greater than 0"],
  ['lookback=11000&step=1', 'more than 11000 points'],
])('no series is made of %s', (text, reason) => {
  expect(() => query(`service=a&${text}`)).toThrow(reason);
});

test.each([
  ['0.95', 0.95],
  ['1', 1],
  ['.5', 0.5],
  ['5.', 5],
  ['-1e-3', -0.001],
  ['NaN', Number.NaN],
  ['+Inf', Infinity],
  ['-infinity', -Infinity],
  ['0x1p-2', 0.25],
  ['-0x1.8p1', -3],
  ['1e-400', 0],
])('the quantile %s is a number to Go', (quantile, value) => {
  expect(quantileParameter(new URLSearchParams({ quantile }))).toBe(value);
});

test.each([
  ['', 'invalid syntax'],
  ['x', 'invalid syntax'],
  ['1e', 'invalid syntax'],
  ['0x1', 'invalid syntax'],
  ['-nan', 'invalid syntax'],
  ['1e400', 'value out of range'],
])('the quantile "%s" is none', (quantile, reason) => {
  expect(() => quantileParameter(new URLSearchParams({ quantile }))).toThrow(
    `unable to parse param 'quantile': strconv.ParseFloat: parsing "${quantile}": ${reason}`,
  );
});

test.each([
  ['1', 'x'],
  ['0x1', ''],
])('half a million digits after %s do not hold up the others', (start, end) => {
  const parameters = new URLSearchParams({ quantile: start + '1'.repeat(500_000) + end });
  expect(() => quantileParameter(parameters)).toThrow('invalid syntax');
});
