// The second service of lesson 3. It knows nothing of its caller except what stands in the headers.
import { initGlobalTracer, rpcServerOption, sleep } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import { FORMAT_HTTP_HEADERS, type Tracer } from 'opentracing';

const PORT = Number(process.env['HTTP_SERVICE1_PORT'] ?? 2334);

/** Answers `/httpService1`. */
async function jaegerHttpService1(
  request: Request,
  response: Response,
  tracer: Tracer,
): Promise<void> {
  // The other end of inject: what the caller wrote into its headers becomes the parent of this span.
  const spanContext = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpService1Opname', rpcServerOption(spanContext));
  try {
    // Set by two different spans of the calling service, and both are here. As tags they can be seen and searched for.
    span.setTag('baggage', span.getBaggageItem('baggage'));
    span.setTag('baggage1', span.getBaggageItem('baggage1'));

    span.log({ funcName: 'JaegerHttpService1' });
    await sleep(2000);

    response.type('text').send('Jaeger Http Service1');
  } finally {
    span.finish();
  }
}

const [tracer, closer] = initJaeger('jaeger-http-service1');
initGlobalTracer(tracer);

const app = express();
app.all('/httpService1', (request, response) => jaegerHttpService1(request, response, tracer));
await serve(app, PORT, closer);
