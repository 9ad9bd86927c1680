// No context is handed on: withSpan keeps the span. And more spans, logs and tags than the lesson asks for.
import { activeSpan, rpcServerOption, sleep, withSpan } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express from 'express';
import { FORMAT_HTTP_HEADERS, type Span, Tags } from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-http-client');

async function traced<Value>(name: string, work: (span: Span) => Promise<Value>): Promise<Value> {
  const parent = activeSpan();
  const span = tracer.startSpan(name, parent ? { childOf: parent } : {});
  try {
    return await withSpan(span, () => work(span));
  } catch (error) {
    span.setTag(Tags.ERROR, true);
    span.log({ event: 'error', message: String(error) });
    throw error;
  } finally {
    span.finish();
  }
}

const callHttpService1 = () =>
  traced('CallHttpService1Opname', async (span) => {
    const url = 'http://localhost:2334/httpService1';
    span.setBaggageItem('baggage1', '12345').setBaggageItem('tenant', 'acme');
    span.addTags({
      'span.kind': 'client',
      'http.url': url,
      'http.method': 'GET',
      'peer.service': 'x',
    });
    await traced('resolve-address', () => sleep(50));
    const headers = new Headers({ accept: 'text/plain' });
    tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const body = await traced('read-body', () => answer.text());
    span.log({ event: 'answered', size: body.length });
    span.log({ body });
  });

const app = express();
app.use((request, response, next) => {
  const span = tracer.startSpan(
    'jaegerHttpOpname',
    rpcServerOption(tracer.extract(FORMAT_HTTP_HEADERS, request.headers)),
  );
  span.addTags({ 'http.path': request.path, httpKey: 'httpValue' });
  span.setBaggageItem('baggage', '123456789');
  response.on('finish', () => span.finish());
  withSpan(span, next);
});
app.get('/http', async (_request, response) => {
  try {
    activeSpan()?.log({ funcName: 'JaegerHttp' });
    await callHttpService1();
    await traced('think', () => sleep(1000));
    activeSpan()?.log({ response: 'Jaeger Http' });
    response.send('Jaeger Http');
  } catch {
    response.status(502).send('sorry');
  }
});
await serve(app, 2333, closer);
