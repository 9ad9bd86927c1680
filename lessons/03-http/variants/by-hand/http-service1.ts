import { sleep } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express, { type RequestHandler } from 'express';
import { FORMAT_HTTP_HEADERS, REFERENCE_CHILD_OF, Reference, type Span } from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-http-service1');

/** Every route below has a span. */
const tracing: RequestHandler = (request, response, next) => {
  const outer = tracer.extract(FORMAT_HTTP_HEADERS, new Map(Object.entries(request.headers)));
  const span = tracer.startSpan('http-server', {
    references: outer ? [new Reference(REFERENCE_CHILD_OF, outer)] : [],
    tags: { 'http.path': request.path },
  });
  response.locals['span'] = span;
  response.once('finish', () => span.finish());
  next();
};

const app = express();
app.use(tracing);
app.get('/httpService1', async (_request, response) => {
  const parent: Span = response.locals['span'];
  const span = tracer.startSpan('jaegerHttpService1Opname', {
    childOf: parent,
    tags: { 'span.kind': 'server' },
  });
  span.setTag('baggage', parent.getBaggageItem('baggage'));
  span.setTag('baggage1', parent.getBaggageItem('baggage1'));
  span.log({ funcName: 'JaegerHttpService1' });
  await sleep(2000);
  span.finish();
  response.send('Jaeger Http Service1');
});
await serve(app, 2334, closer);
