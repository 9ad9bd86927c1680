// Without the sleep, on a machine that is busy with something else: the process stands still once, when the span has
// ended and before the answer is out.
import { rpcServerOption } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express from 'express';
import { FORMAT_HTTP_HEADERS } from 'opentracing';

const HELD_UP_MS = 300;
/** The first one with a caller of whom the judge knows. */
const HELD_UP_AT = 2;

const [tracer, closer] = initJaeger('jaeger-http-service1');
let requests = 0;

const app = express();
app.all('/httpService1', (request, response) => {
  const caller = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpService1Opname', rpcServerOption(caller));
  for (const key of ['baggage', 'baggage1']) span.setTag(key, span.getBaggageItem(key));
  span.log({ funcName: 'JaegerHttpService1' });
  span.finish();
  if (++requests === HELD_UP_AT)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS);
  response.type('text').send('Jaeger Http Service1');
});
await serve(app, 2334, closer);
