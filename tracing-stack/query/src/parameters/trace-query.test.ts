import { describe, expect, test } from 'vitest';
import { ParameterError } from './go-errors.ts';
import { traceIdParameter } from './trace-id.ts';
import { traceSearch } from './trace-query.ts';

const NOW = 1_795_370_433_000_000;
const DAY = 24 * 60 * 60 * 1e6;

function search(text: string) {
  return traceSearch(new URLSearchParams(text), NOW);
}

function messageOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ParameterError);
    return (error as Error).message;
  }
}

// What a real Jaeger said to wrong parameters is compared in ../query.test.ts.
describe('traceSearch', () => {
  test('without times looks at the last two days, for at most 100 traces', () => {
    expect(search('service=s').query).toEqual({
      serviceName: 's',
      tags: new Map(),
      startTimeMin: NOW - 2 * DAY,
      startTimeMax: NOW,
      limit: 100,
    });
  });

  test('takes every parameter, empty ones as absent, and passes over those it does not know', () => {
    const { traceIds, query } = search(
      'service=s&operation=GET+%2Fa&start=1&end=-2&limit=7&minDuration=1.5ms&maxDuration=2s&lookback=1h&uiEmbed=v0' +
        '&tag=a:b:c&tag=error:true&tags={"a":"json","n":null}&traceID=AB',
    );
    expect(traceIds).toEqual(['00000000000000ab']);
    expect(query).toEqual({
      serviceName: 's',
      operationName: 'GET /a',
      tags: new Map([
        ['a', 'json'],
        ['error', 'true'],
        ['n', ''],
      ]),
      startTimeMin: 1,
      startTimeMax: -2,
      durationMin: 1500,
      durationMax: 2_000_000,
      limit: 7,
    });
    const empty = 'service=s&operation=&start=&end=&limit=&minDuration&maxDuration=';
    expect(search(empty)).toEqual(search('service=s'));
  });

  test.each(['most-recent', 'longest-first'])('sorts %s before the limit', (order) => {
    expect(search(`service=s&sort=${order}`).query.order).toBe(order);
  });

  test('says what it can sort by', () => {
    expect(messageOf(() => search('service=s&sort=shortest'))).toBe(
      "parameter 'sort' is 'most-recent' or 'longest-first', not 'shortest'",
    );
  });

  test('all services are asked for by a word of their own', () => {
    const { serviceName: _, ...anyService } = search('service=s&operation=o').query;
    expect(search('allServices=true&operation=o').query).toEqual(anyService);
    for (const without of ['', 'allServices=false', 'allServices=', 'service='])
      expect(messageOf(() => search(without))).toBe("parameter 'service' is required");
    expect(messageOf(() => search('service=s&allServices=true'))).toBe(
      "parameters 'service' and 'allServices' exclude each other",
    );
  });

  test.each(['0', '-1', '-2147483648'])('a limit of %s is none', (limit) => {
    expect(search(`service=s&limit=${limit}`).query.limit).toBe(Number.POSITIVE_INFINITY);
  });

  test('names each trace once, and not more than the store can be asked for at a time', () => {
    const named = (count: number) =>
      search(Array.from({ length: count }, (_, id) => `traceID=${id}&traceID=0${id}`).join('&'));
    expect(named(10_000).traceIds).toHaveLength(10_000);
    expect(messageOf(() => named(10_001))).toBe('at most 10000 traces can be named, not 10001');
  });

  test('needs no service if it has trace ids, and takes a longest duration equal to the shortest', () => {
    expect(search('traceID=1&traceID=2').traceIds).toHaveLength(2);
    const { durationMin, durationMax } = search(
      'service=s&minDuration=1s&maxDuration=1000ms',
    ).query;
    expect([durationMin, durationMax]).toEqual([1e6, 1e6]);
    expect(search('service=s&minDuration=1s&maxDuration=0s').query.durationMax).toBeUndefined();
  });

  test.each<[string, string]>([
    ['tags=', 'unexpected end of JSON input'],
    ['tags={', 'unexpected end of JSON input'],
    ['tags={"a"', 'unexpected end of JSON input'],
    ['tags={"a":"b', 'unexpected end of JSON input'],
    ['tags={"a" "b"}', `invalid character '"' after object key`],
    ['tags={"a":"b" "c"}', `invalid character '"' after object key:value pair`],
    ['tags={"a":"b",}', "invalid character '}' looking for beginning of object key string"],
    ['tags=a', "invalid character 'a' looking for beginning of value"],
    ["tags='", "invalid character '\\'' looking for beginning of value"],
    ['tags={"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['tags={"a":01}', "invalid character '1' after object key:value pair"],
    ['tags={"a":-}', "invalid character '}' in numeric literal"],
    ['tags={"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['tags={"a":1e}', "invalid character '}' in exponent of numeric literal"],
    ['tags={"a":"\\x"}', "invalid character 'x' in string escape code"],
    ['tags={"a":"\\u00g0"}', "invalid character 'g' in \\u hexadecimal character escape"],
    ['tags={"a":"\t"}', "invalid character '\\t' in string literal"],
    ['tags=[1 2]', "invalid character '2' after array element"],
    ['tags={} x', "invalid character 'x' after top-level value"],
    ['tags=[]', 'json: cannot unmarshal array into Go value of type map[string]string'],
    ['tags="a"', 'json: cannot unmarshal string into Go value of type map[string]string'],
    ['tags={"a":true}', 'json: cannot unmarshal bool into Go value of type string'],
    ['tags={"a":{}}', 'json: cannot unmarshal object into Go value of type string'],
  ])('%s is malformed: %s', (parameter, reason) => {
    expect(messageOf(() => search(`service=s&${parameter}`))).toBe(
      `malformed 'tags' parameter, cannot unmarshal JSON: ${reason}`,
    );
  });

  test.each(['tags=null', 'tags={}', 'tags= { } '])('%s asks for no tags', (parameter) => {
    expect(search(`service=s&${parameter}`).query.tags.size).toBe(0);
  });
});

describe('traceIdParameter', () => {
  test.each<[string, string]>([
    ['ab', '00000000000000ab'],
    ['AB', '00000000000000ab'],
    ['000000000000000000000000000000ab', '00000000000000ab'],
    ['ab0000000000000fed', '00000000000000ab0000000000000fed'],
    ['0', '0000000000000000'],
    ['s23gbFlyqwcawRnFBMoH3A==', 'b36de06c5972ab071ac119c504ca07dc'],
    ['s23gbFlyqwcawRnFBMoH3A', 'b36de06c5972ab071ac119c504ca07dc'],
    ['s23gbFlyqwcawRnFBMoH3A%3D%3d', 'b36de06c5972ab071ac119c504ca07dc'],
    ['%2F%2Fvv%2B+/77/sAESIzRFVmdw==', 'fffbeffbeffbeffb0011223344556677'],
    ['__vv--_77_sAESIzRFVmdw', 'fffbeffbeffbeffb0011223344556677'],
    ['AAAAAAAAAACrEs0071YBAA==', 'ab12cd34ef560100'],
    ['AKsSzTTvVgE=', '00ab12cd34ef5601'],
    ['abcdefabcde', '00000abcdefabcde'],
  ])('reads %s as %s', (text, id) => {
    expect(traceIdParameter(text)).toBe(id);
  });

  test.each<[string, string]>([
    ['', 'strconv.ParseUint: parsing "": invalid syntax'],
    ['x00000000000000001', 'strconv.ParseUint: parsing "x0": invalid syntax'],
    ['s23gbFlyqw', 'strconv.ParseUint: parsing "s23gbFlyqw": invalid syntax'],
    ['AKsSzTTvVgE%', 'strconv.ParseUint: parsing "AKsSzTTvVgE%": invalid syntax'],
    ['1g000000000000001', 'strconv.ParseUint: parsing "g000000000000001": invalid syntax'],
    ['é'.repeat(17), `TraceID cannot be longer than 32 hex characters: ${'é'.repeat(17)}`],
  ])('refuses %j: %s', (text, message) => {
    expect(messageOf(() => traceIdParameter(text))).toBe(message);
  });
});
