import { exchange } from '@spoor/fixtures';
import type { KeyValue, Process, Span, Trace } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { tracesFromJson } from '../testing/trace-from-json.ts';
import { errorEnvelope, listEnvelope, tracesEnvelope } from './envelope.ts';
import { indented } from './indented.ts';
import { traceJson } from './trace-json.ts';

function jsonOf(traces: readonly Trace[]): Promise<string> {
  return whole(tracesEnvelope(traces));
}

async function whole(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

const process: Process = { serviceName: 's', tags: [] };

function span(more: Partial<Span> = {}): Span {
  return {
    traceId: '00000000000000ab',
    spanId: '0000000000000001',
    operationName: 'o',
    references: [],
    flags: 1,
    startTime: 1,
    duration: 2,
    tags: [],
    logs: [],
    process,
    warnings: [],
    ...more,
  };
}

function traceOf(...spans: Span[]): Trace {
  return { traceId: '00000000000000ab', spans, warnings: [] };
}

describe('traceJson', () => {
  test.each([
    'query-trace-full',
    'query-trace-raw',
    'query-trace-128',
    'query-trace-zero',
    'query-trace-emptysvc',
    'query-trace-odd',
    'query-trace-dup',
    'query-trace-dup-raw',
    'query-trace-skew',
    'query-trace-skew-raw',
    'query-trace-badutf8',
  ])('writes %s byte for byte as Jaeger did', async (name) => {
    const { body } = exchange(`query/${name}`);
    expect(await jsonOf(tracesFromJson(body))).toBe(body);
  });

  test.each<[KeyValue['type'], KeyValue['value'], string]>([
    ['int64', 9007199254740991n, '9007199254740991'],
    ['int64', 9007199254740992n, '"9007199254740992"'],
    ['int64', -9007199254740991n, '-9007199254740991'],
    ['int64', -9007199254740992n, '"-9007199254740992"'],
    ['int64', -(2n ** 63n), '"-9223372036854775808"'],
    ['float64', 3, '3'],
    ['float64', 0.1, '0.1'],
    ['float64', -0, '-0'],
    ['float64', 1e21, '1e+21'],
    ['float64', 1e20, '100000000000000000000'],
    ['float64', 1e-6, '0.000001'],
    ['float64', 1e-7, '1e-7'],
    ['float64', 5e-324, '5e-324'],
    ['float64', Number.MAX_VALUE, '1.7976931348623157e+308'],
    ['float64', Number.NaN, '"NaN"'],
    ['float64', Number.POSITIVE_INFINITY, '"+Inf"'],
    ['float64', Number.NEGATIVE_INFINITY, '"-Inf"'],
    ['bool', false, 'false'],
    ['binary', Uint8Array.of(0, 1, 254, 255), '"AAH+/w=="'],
    ['binary', new Uint8Array(), 'null'],
    ['string', '', '""'],
    ['string', '<b>&amp;\u2028\u2029', '"\\u003cb\\u003e\\u0026amp;\\u2028\\u2029"'],
    [
      'string',
      'quote " back \\ tab \t bell \u0007 del \u007f',
      '"quote \\" back \\\\ tab \\t bell \\u0007 del \u007f"',
    ],
    ['string', 'é 🚀', '"é 🚀"'],
  ])('a tag of type %s with the value %s is %s', (type, value, json) => {
    const tag = { key: 'k', type, value } as KeyValue;
    expect([...traceJson(traceOf(span({ tags: [tag] })))].join('')).toContain(
      `"tags":[{"key":"k","type":"${type}","value":${json}}]`,
    );
  });

  test('writes an int64 and no bytes as 1.17 did where the span came over TChannel', () => {
    const tags: KeyValue[] = [
      { key: 'i', type: 'int64', value: 2n ** 63n - 1n },
      { key: 'b', type: 'binary', value: new Uint8Array() },
    ];
    const logs = [{ timestamp: 1, fields: tags }];
    const json = [...traceJson(traceOf(span({ tags, logs, overTChannel: true })))].join('');
    const written =
      '[{"key":"i","type":"int64","value":9223372036854775807},{"key":"b","type":"binary","value":""}]';
    expect(json).toContain(`"tags":${written},"logs":[{"timestamp":1,"fields":${written}}]`);
  });

  test('leaves flags out when they are 0', async () => {
    expect(await jsonOf([traceOf(span({ flags: 0 }))])).not.toContain('flags');
  });

  test('prints a negative duration as the unsigned integer of its bits', async () => {
    const json = await jsonOf([traceOf(span({ duration: -5 }))]);
    expect(json).toContain('"duration":18446744073709551611,');
  });

  test('equal processes share a name, whether they are the same object or not', async () => {
    const other: Process = { serviceName: 't', tags: [{ key: 'ip', type: 'string', value: '1' }] };
    const trace = traceOf(
      span({ process: other }),
      span(),
      span({ process: { ...other } }),
      span({ process: { ...other, tags: [] } }),
    );
    const [json] = JSON.parse(await jsonOf([trace])).data;
    expect(json.spans.map((s: { processID: string }) => s.processID)).toEqual([
      'p1',
      'p2',
      'p1',
      'p3',
    ]);
    expect(json.processes).toEqual({ p1: other, p2: process, p3: { serviceName: 't', tags: [] } });
  });

  test('gives a trace of 50,000 spans in parts, none larger than a span', () => {
    const spans = Array.from({ length: 50_000 }, (_, i) => span({ startTime: i }));
    const parts = [...traceJson(traceOf(...spans))];
    expect(parts.length).toBeGreaterThan(spans.length);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(400);
  });
});

describe('envelopes', () => {
  test.each<[string, string | Promise<string>]>([
    ['query-empty-services', listEnvelope(null)],
    ['query-empty-ops2', listEnvelope([])],
    ['query-empty-traces', jsonOf([])],
    ['query-trace-notfound', `${errorEnvelope(404, 'trace not found')}\n`],
  ])('%s', async (name, json) => {
    expect(await json).toBe(exchange(`query/${name}`).body);
  });

  test('names the traces that a search by ids misses', async () => {
    const { body } = exchange('query/query-search-traceids-missing');
    const missing = [{ msg: 'trace not found', traceID: '0000000000001234' }];
    expect(await whole(tracesEnvelope(tracesFromJson(body), missing))).toBe(body);
  });
});

describe('indented', () => {
  test.each(['query-trace-pretty', 'query-services-pretty'])(
    '%s is set as Go sets it',
    async (name) => {
      const { body } = exchange(`query/${name}`);
      const compact = JSON.stringify(JSON.parse(body)).replace(
        /[<>&]/g,
        (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
      );
      expect(await whole(indented([compact]))).toBe(body);
      expect(await whole(indented(compact.split(/(?<=[[{,\]}])(?=[{"[\]}])/)))).toBe(body);
    },
  );

  test('leaves empty arrays and objects, strings and long numbers as they are', async () => {
    const json = '{"a":[],"b":{},"c":"[{,:}] \\" x","d":18446744073709551611,"e":[[1,-2e+21]]}';
    expect(await whole(indented([json], ' '))).toBe(
      '{\n "a": [],\n "b": {},\n "c": "[{,:}] \\" x",\n "d": 18446744073709551611,\n "e": [\n  [\n   1,\n   -2e+21\n  ]\n ]\n}',
    );
  });
});
