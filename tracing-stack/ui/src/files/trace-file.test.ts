import { describe, expect, test } from 'vitest';
import { traceFile } from './trace-file.ts';

const trace = {
  traceID: 'ab',
  spans: [{ traceID: 'ab', spanID: '1', startTime: 1, duration: 1 }],
  processes: {},
};
const zipkin = [{ traceId: 'ab', id: '1' }];
const otlp = { resourceSpans: [{ scopeSpans: [] }] };
const json = JSON.stringify;

describe('a file of traces', () => {
  test.each([
    ['an answer of the API', json({ data: [trace], errors: null })],
    ['a trace', json(trace)],
    ['a list of traces', json([trace])],
  ])("in Jaeger's JSON: %s", (_what, text) => {
    expect(traceFile(text)).toEqual({ format: 'jaeger', traces: [trace] });
  });

  test.each([
    ['a list of spans, as it came', ` ${json(zipkin)}`, ` ${json(zipkin)}`],
    ['a list of traces', json([zipkin, zipkin]), json([...zipkin, ...zipkin])],
  ])("in Zipkin's JSON: %s", (_what, text, body) => {
    expect(traceFile(text)).toEqual({ format: 'zipkin', body });
  });

  test.each([
    ['a request, as it came', ` ${json(otlp)}`, ` ${json(otlp)}`],
    ["an answer of Jaeger's API v3", json({ result: otlp }), json(otlp)],
    [
      'a request a line',
      `${json(otlp)}\n${json(otlp)}\n`,
      json({ resourceSpans: [...otlp.resourceSpans, ...otlp.resourceSpans] }),
    ],
  ])("in OTLP's JSON: %s", (_what, text, body) => {
    expect(traceFile(text)).toEqual({ format: 'otlp', body });
  });

  test.each([
    ['', 'no-traces'],
    ['hello', 'not-json'],
    ['{"data":[', 'not-json'],
    ['{}', 'no-traces'],
    ['[]', 'no-traces'],
    ['null', 'no-traces'],
    ['{"data":[]}', 'no-traces'],
    [json({ ...trace, spans: [] }), 'no-traces'],
    [json({ ...trace, spans: [null] }), 'no-traces'],
    [json([trace, 1]), 'no-traces'],
    [json([...zipkin, {}]), 'no-traces'],
  ])('%j is none', (text, code) => {
    expect(() => traceFile(text)).toThrow(expect.objectContaining({ code }));
  });
});
