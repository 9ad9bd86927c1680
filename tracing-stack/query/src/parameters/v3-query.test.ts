import { describe, expect, test } from 'vitest';
import { ParameterError } from './go-errors.ts';
import { v3Query } from './v3-query.ts';

const MIN = '2026-11-22T16:58:33Z';
const MAX = '2026-11-22T18:58:33Z';
/** The same in µs. */
const [EARLIEST, LATEST] = [MIN, MAX].map((text) => Date.parse(text) * 1000) as [number, number];
const TIMES = { 'query.start_time_min': MIN, 'query.start_time_max': MAX };

function query(parameters: Record<string, string>) {
  return v3Query(new URLSearchParams({ ...TIMES, ...parameters }));
}

const NOTHING_MORE = {
  serviceName: '',
  tags: new Map(),
  startTimeMin: EARLIEST,
  startTimeMax: LATEST,
  limit: 100,
};

describe('v3Query', () => {
  test('needs no more than two times', () => {
    expect(query({})).toEqual(NOTHING_MORE);
  });

  test.each<[string, string, string, object]>([
    ['service_name', 'serviceName', 'frontend', { serviceName: 'frontend' }],
    ['operation_name', 'operationName', 'GET /a', { operationName: 'GET /a' }],
    ['start_time_min', 'startTimeMin', '2026-11-22T17:00:00+01:00', { startTimeMin: 1795363200e6 }],
    ['start_time_max', 'startTimeMax', '2026-11-22T16:00:00.5Z', { startTimeMax: 17953632005e5 }],
    ['search_depth', 'searchDepth', '7', { limit: 7 }],
    ['num_traces', 'numTraces', '+8', { limit: 8 }],
    ['duration_min', 'durationMin', '1.5ms', { durationMin: 1500 }],
    ['duration_max', 'durationMax', '1m2s', { durationMax: 62e6 }],
    [
      'attributes',
      'attributes',
      '{"a":"b","n":null}',
      { tags: new Map(Object.entries({ a: 'b', n: '' })) },
    ],
  ])(
    'reads %s by both of its names, and takes an empty one as absent',
    (snake, camel, text, asked) => {
      for (const name of new Set([`query.${snake}`, `query.${camel}`]))
        expect(query({ [name]: text })).toEqual({ ...NOTHING_MORE, ...asked });
      if (!snake.startsWith('start_time'))
        expect(query({ [`query.${snake}`]: '', [`query.${camel}`]: '' })).toEqual(NOTHING_MORE);
      const both = { [`query.${snake}`]: 'not this one', [`query.${camel}`]: text };
      if (snake !== camel) expect(query(both)).toEqual({ ...NOTHING_MORE, ...asked });
    },
  );

  test('goes by search_depth before num_traces, by the first of two, and passes over names it does not know', () => {
    expect(query({ 'query.num_traces': 'x', 'query.search_depth': '3' }).limit).toBe(3);
    const twice = `query.service_name=a&query.service_name=b&service_name=c&query.limit=x&${new URLSearchParams(TIMES)}`;
    expect(v3Query(new URLSearchParams(twice))).toEqual({ ...NOTHING_MORE, serviceName: 'a' });
  });

  test.each(['0', '-1'])('a depth of %s is no bound', (depth) => {
    expect(query({ 'query.num_traces': depth }).limit).toBe(Number.POSITIVE_INFINITY);
  });

  test('takes from a fraction of a microsecond the whole ones that are within', () => {
    const { startTimeMin, startTimeMax } = query({
      'query.start_time_min': '2026-11-22T16:58:33.0000005Z',
      'query.start_time_max': '2026-11-22T18:58:33.0000015Z',
    });
    expect([startTimeMin, startTimeMax]).toEqual([EARLIEST + 1, LATEST + 1]);
  });

  const required = 'query.start_time_min and query.start_time_max are required';
  test.each<[Record<string, string>, string]>([
    [{ 'query.start_time_min': '' }, required],
    [{ 'query.start_time_max': '' }, required],
    [
      { 'query.start_time_min': '2026-02-30T00:00:00Z' },
      'malformed parameter query.start_time_min: parsing time "2026-02-30T00:00:00Z": day out of range',
    ],
    [
      { 'query.startTimeMax': '1795370313' },
      'malformed parameter query.startTimeMax: parsing time "1795370313" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "370313" as "-"',
    ],
    [
      { 'query.searchDepth': '1.5' },
      'malformed parameter query.searchDepth: strconv.Atoi: parsing "1.5": invalid syntax',
    ],
    [
      { 'query.num_traces': '9223372036854775808' },
      'malformed parameter query.num_traces: strconv.Atoi: parsing "9223372036854775808": value out of range',
    ],
    [
      { 'query.duration_min': '10' },
      'malformed parameter query.duration_min: time: missing unit in duration "10"',
    ],
    [
      { 'query.durationMax': 'long' },
      'malformed parameter query.durationMax: time: invalid duration "long"',
    ],
    [
      { 'query.attributes': 'a=b' },
      "malformed parameter query.attributes: invalid character 'a' looking for beginning of value",
    ],
    [
      { 'query.attributes': '{"a":1}' },
      'malformed parameter query.attributes: json: cannot unmarshal number into Go value of type string',
    ],
  ])('refuses %o', (parameters, message) => {
    expect(() => query(parameters)).toThrow(new ParameterError(message));
  });
});
