import { captures } from '@spoor/fixtures';
import type { Span as ModelSpan } from '@spoor/model';
import { decodeEmitBatch } from '@spoor/wire';
import { FORMAT_HTTP_HEADERS, type SpanOptions, Tags } from 'opentracing';
import { expect, test } from 'vitest';
import { rpcServerOption } from './rpc-server-option.ts';
import { testTracer } from './testkit/test-tracer.ts';

/** Everything about a span that is not an id or a time. */
const content = ({ operationName, flags, references, tags, logs }: ModelSpan) => ({
  operationName,
  flags,
  references: references.map(({ refType }) => refType),
  tags,
  logs: logs.map(({ fields }) => fields),
});

test('the HTTP demo gives the spans that jaeger-client-go gave, field by field', () => {
  const { tracer, spans } = testTracer();
  const headers: Record<string, string> = {};
  const serve = (options: SpanOptions) => tracer.startSpan('jaegerHttpOpname', options);

  const front = serve(rpcServerOption(tracer.extract(FORMAT_HTTP_HEADERS, headers)));
  front.setTag('httpKey', 'httpValue').setBaggageItem('baggage', '123456789');
  front.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' });

  const client = tracer.startSpan('CallHttpService1Opname', { childOf: front });
  client.setBaggageItem('baggage1', '12345').setTag(Tags.SPAN_KIND, Tags.SPAN_KIND_RPC_CLIENT);
  client
    .setTag(Tags.HTTP_URL, 'http://localhost:2334/httpService1')
    .setTag(Tags.HTTP_METHOD, 'GET');
  tracer.inject(client, FORMAT_HTTP_HEADERS, headers);

  const caller = tracer.extract(FORMAT_HTTP_HEADERS, headers);
  const server = tracer.startSpan('jaegerHttpService1Opname', rpcServerOption(caller));
  for (const name of ['baggage', 'baggage1']) server.setTag(name, server.getBaggageItem(name));
  server.log({ funcName: 'JaegerHttpService1' });
  server.finish();
  client.log({ body: 'Jaeger Http Service1' });
  client.finish();
  front.finish();

  const go = captures(6831)
    .filter(({ name }) => name.startsWith('go-seed-http-udp/'))
    .flatMap(({ bytes }) => decodeEmitBatch(bytes).spans());
  expect(go).toHaveLength(3);
  expect(spans.map(content)).toEqual(go.map(content));
});
