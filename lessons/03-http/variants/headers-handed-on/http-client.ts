// What a caller sends goes on to the second service, its trace headers too; inject comes last and takes their place.
import {
  background,
  type Context,
  contextWithSpan,
  initGlobalTracer,
  rpcServerOption,
  sleep,
  startSpanFromContext,
} from '@spoor/client';
import { initJaeger, reasonOf, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import { FORMAT_HTTP_HEADERS, Tags, type Tracer } from 'opentracing';

const PORT = Number(process.env['HTTP_CLIENT_PORT'] ?? 2333);
const HTTP_SERVICE1_URL = process.env['HTTP_SERVICE1_URL'] ?? 'http://localhost:2334/httpService1';

/** Answers `/http`. */
async function jaegerHttp(request: Request, response: Response, tracer: Tracer): Promise<void> {
  // Even the first service of a system may be called by one that traces already: continue its trace. Without such a
  // caller extract gives null, and the span becomes the root of a new trace.
  const spanContext = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpOpname', rpcServerOption(spanContext));
  try {
    // A tag stays with this span. Baggage travels on, to every span that comes after this one, in every service.
    span.setTag('httpKey', 'httpValue');
    span.setBaggageItem('baggage', '123456789');

    const reply = 'Jaeger Http';
    span.log({ funcName: 'JaegerHttp', response: reply });

    // Inside a process no headers are needed: the context carries the span to whoever is called with it.
    const ctx = contextWithSpan(background(), span);
    await callHttpService1(ctx, request.headers);
    await sleep(1000);

    response.type('text').send(reply);
  } catch (error) {
    span.setTag(Tags.ERROR, true);
    response
      .status(502)
      .type('text')
      .send(`${(error as Error).message}\n`);
  } finally {
    // In every case: a span that is never finished is never reported.
    span.finish();
  }
}

/** Calls the other service. Throws if that did not answer well. */
async function callHttpService1(ctx: Context, came: Request['headers']): Promise<void> {
  const [span] = startSpanFromContext(ctx, 'CallHttpService1Opname');
  try {
    // Before inject, or it stays at home.
    span.setBaggageItem('baggage1', '12345');

    span.setTag(Tags.SPAN_KIND, Tags.SPAN_KIND_RPC_CLIENT);
    span.setTag(Tags.HTTP_URL, HTTP_SERVICE1_URL);
    span.setTag(Tags.HTTP_METHOD, 'GET');

    // The carrier is a plain object. inject writes the span's context and baggage into it, as headers.
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(came))
      if (/^(uber|x-)/.test(name)) headers[name] = String(value);
    span.tracer().inject(span.context(), FORMAT_HTTP_HEADERS, headers);

    const answer = await fetch(HTTP_SERVICE1_URL, { headers });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`HTTP ${answer.status} ${body}`);
    span.log({ body });
  } catch (error) {
    span.setTag(Tags.ERROR, true);
    span.log({ event: 'error', 'error.object': error, message: reasonOf(error) });
    throw new Error(`GET ${HTTP_SERVICE1_URL} failed: ${reasonOf(error)}`, { cause: error });
  } finally {
    span.finish();
  }
}

const [tracer, closer] = initJaeger('jaeger-http-client');
// startSpanFromContext asks for the global tracer. Until it is set, that is one that does nothing.
initGlobalTracer(tracer);

const app = express();
app.all('/http', (request, response) => jaegerHttp(request, response, tracer));
await serve(app, PORT, closer);
