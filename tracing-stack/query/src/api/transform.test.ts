import { describe, expect, test } from 'vitest';
import { transform } from './transform.ts';

async function transformed(body: unknown, parameters = ''): Promise<unknown> {
  const parts = await transform()({
    body: async () => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    parameters: new URLSearchParams(parameters),
    subject: '',
    signal: new AbortController().signal,
  });
  let text = '';
  for await (const part of parts) text += part;
  return JSON.parse(text);
}

const id = '00000000000000ab';
const span = { traceId: id, timestamp: 1_000, duration: 10, localEndpoint: { serviceName: 'a' } };

describe("Zipkin's spans", () => {
  test('become traces, in the order in which each comes first', async () => {
    const spans = [
      { ...span, id: '1', name: 'get' },
      { ...span, id: '2', traceId: '00000000000000cd' },
      { ...span, id: '3', parentId: '1', kind: 'CLIENT' },
    ];
    const traces = (await transformed(spans, 'format=zipkin')) as { data: unknown[] };
    expect(traces.data).toMatchObject([
      {
        traceID: id,
        spans: [
          { spanID: '0000000000000001', operationName: 'get', startTime: 1_000, duration: 10 },
          { spanID: '0000000000000003', references: [{ spanID: '0000000000000001' }] },
        ],
      },
      { traceID: '00000000000000cd' },
    ]);
  });

  test('of one id, a call and its request, are told apart', async () => {
    const spans = [
      { ...span, id: '1', kind: 'CLIENT' },
      { ...span, id: '1', kind: 'SERVER', shared: true, localEndpoint: { serviceName: 'b' } },
    ];
    const { data } = (await transformed(spans, 'format=zipkin')) as {
      data: { spans: { spanID: string; references: unknown[] }[] }[];
    };
    const [call, request] = data[0]?.spans ?? [];
    expect(request?.spanID).not.toBe(call?.spanID);
    expect(request?.references).toMatchObject([{ spanID: call?.spanID }]);
  });
});

test.each([
  ['{"resourceSpans":{}}', '', 500, /^cannot unmarshal OTLP : /],
  ['[{"traceId":"x"}]', 'format=zipkin', 400, /^this is no list of Zipkin's spans: /],
  ['[]', 'format=toString', 400, /^parameter 'format' is 'otlp' or 'zipkin', not 'toString'$/],
])('%s with %j is refused', async (body, parameters, status, message) => {
  await expect(transformed(body, parameters)).rejects.toMatchObject({
    status,
    message: expect.stringMatching(message),
  });
});
