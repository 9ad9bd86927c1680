// The first service of lesson 3. A browser or curl calls :2333/http, and this service calls :2334 for it.
import { globalTracer, initGlobalTracer, sleep } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import type { Tracer } from 'opentracing';

const PORT = Number(process.env['HTTP_CLIENT_PORT'] ?? 2333);
const HTTP_SERVICE1_URL = process.env['HTTP_SERVICE1_URL'] ?? 'http://localhost:2334/httpService1';

/** Answers `/http`. */
async function jaegerHttp(_request: Request, response: Response, tracer: Tracer): Promise<void> {
  // Step 3.5: a caller may have a trace already.
  const span = tracer.startSpan('jaegerHttpOpname');
  span.setTag('httpKey', 'httpValue');

  const reply = 'Jaeger Http';
  span.log({ funcName: 'JaegerHttp', response: reply });

  await callHttpService1();
  await sleep(1000);

  response.type('text').send(reply);
  span.finish();
}

/** Calls the other service. */
async function callHttpService1(): Promise<void> {
  // Step 3.1: whose child is this span, and what does it do?
  // Step 3.6: and if the call fails?
  const span = globalTracer().startSpan('CallHttpService1Opname');

  // Step 3.2: the other service knows nothing of this span.
  const answer = await fetch(HTTP_SERVICE1_URL);
  const body = await answer.text();

  span.log({ body });
  span.finish();
}

const [tracer, closer] = initJaeger('jaeger-http-client');
initGlobalTracer(tracer);

const app = express();
app.all('/http', (request, response) => jaegerHttp(request, response, tracer));
await serve(app, PORT, closer);
