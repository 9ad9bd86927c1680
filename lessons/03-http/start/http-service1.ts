// The second service of lesson 3. The first one calls it.
import { initGlobalTracer, sleep } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import type { Tracer } from 'opentracing';

const PORT = Number(process.env['HTTP_SERVICE1_PORT'] ?? 2334);

/** Answers `/httpService1`. */
async function jaegerHttpService1(
  _request: Request,
  response: Response,
  tracer: Tracer,
): Promise<void> {
  // Step 3.3: who called?
  const span = tracer.startSpan('jaegerHttpService1Opname');

  span.log({ funcName: 'JaegerHttpService1' });
  await sleep(2000);

  response.type('text').send('Jaeger Http Service1');
  span.finish();
}

const [tracer, closer] = initJaeger('jaeger-http-service1');
initGlobalTracer(tracer);

const app = express();
app.all('/httpService1', (request, response) => jaegerHttpService1(request, response, tracer));
await serve(app, PORT, closer);
