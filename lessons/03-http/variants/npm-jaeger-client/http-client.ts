// Both services with npm jaeger-client, and a server that knows no signals.
import { createRequire } from 'node:module';
import { sleep } from '@spoor/client';
import express from 'express';
import opentracing, { type Span } from 'opentracing';

const jaeger = createRequire(import.meta.url)('jaeger-client');

const { FORMAT_HTTP_HEADERS, Tags } = opentracing;
const url = 'http://localhost:2334/httpService1';

const tracer = jaeger.initTracer(
  {
    serviceName: 'jaeger-http-client',
    sampler: { type: 'const', param: 1 },
    reporter: {
      logSpans: true,
      agentHost: process.env['JAEGER_AGENT_HOST'] ?? 'localhost',
      // It speaks binary Thrift, which the agent takes here.
      agentPort: 6832,
    },
  },
  { logger: console },
);

async function callHttpService1(parent: Span): Promise<string> {
  const span = tracer.startSpan('CallHttpService1Opname', {
    childOf: parent,
    tags: { [Tags.SPAN_KIND]: 'client', [Tags.HTTP_URL]: url, [Tags.HTTP_METHOD]: 'GET' },
  });
  span.setBaggageItem('baggage1', '12345');
  const headers: Record<string, string> = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  try {
    const response = await fetch(url, { headers });
    const body = await response.text();
    if (response.status !== 200) throw new Error(body);
    span.log({ body });
    return body;
  } catch (error) {
    span.setTag('error', true).log({ event: 'error', message: String(error) });
    throw error;
  } finally {
    span.finish();
  }
}

const app = express();
app.get('/http', async (request, response) => {
  const context = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpOpname', {
    ...(context && { childOf: context }),
    tags: { 'span.kind': 'server', httpKey: 'httpValue' },
  });
  span.setBaggageItem('baggage', '123456789');
  try {
    await callHttpService1(span);
    await sleep(1000);
    span.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' });
    response.send('Jaeger Http');
  } catch {
    span.setTag(Tags.ERROR, true);
    response.status(500).send('no answer');
  } finally {
    span.finish();
  }
});
app.listen(2333, () => console.log('ready'));
