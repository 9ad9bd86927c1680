import { expect, test } from 'vitest';
import { queryParameters } from './query-parameters.ts';

test.each<[string, [string, string][]]>([
  ['/a', []],
  ['/a?', []],
  [
    '/a?b=c&b=d+e%2Bf&g',
    [
      ['b', 'c'],
      ['b', 'd e+f'],
      ['g', ''],
    ],
  ],
  ['/a?b=c?d=e', [['b', 'c?d=e']]],
  ['/a?b=%zz&c=%&d=1%2', []],
  ['/a?b;c=d&e=f', [['e', 'f']]],
  ['/a?b=%ff', [['b', '\ufffd']]],
  ['/a?tags={"x":"y"}&&', [['tags', '{"x":"y"}']]],
])('%s is read as Go reads it', (url, pairs) => {
  expect([...queryParameters(url)]).toEqual(pairs);
});
