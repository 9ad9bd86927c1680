// Lesson 3 with OpenTelemetry: the first service. On the wire go W3C's headers, `traceparent` and `baggage`.
import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { sleep } from '@spoor/client';
import { reasonOf, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import { initTracing } from '../../01-init/today/tracing.ts';

const PORT = Number(process.env['HTTP_CLIENT_PORT'] ?? 2333);
const HTTP_SERVICE1_URL = process.env['HTTP_SERVICE1_URL'] ?? 'http://localhost:2334/httpService1';

const provider = initTracing('jaeger-http-client');
const tracer = trace.getTracer('lessons');

/** Baggage belongs to the context, not to the span: whoever adds an item gets a new context. */
function withBaggage(ctx: Context, key: string, value: string): Context {
  const baggage = propagation.getBaggage(ctx) ?? propagation.createBaggage();
  return propagation.setBaggage(ctx, baggage.setEntry(key, { value }));
}

/** Answers `/http`. */
async function jaegerHttp(request: Request, response: Response): Promise<void> {
  const caller = propagation.extract(context.active(), request.headers);
  const ctx = withBaggage(caller, 'baggage', '123456789');
  await tracer.startActiveSpan('jaegerHttpOpname', { kind: SpanKind.SERVER }, ctx, async (span) => {
    span.setAttribute('httpKey', 'httpValue');
    const reply = 'Jaeger Http';
    span.addEvent('log', { funcName: 'JaegerHttp', response: reply });
    try {
      await callHttpService1();
      await sleep(1000);
      response.type('text').send(reply);
    } catch (error) {
      failed(span, error);
      response
        .status(502)
        .type('text')
        .send(`${reasonOf(error)}\n`);
    } finally {
      span.end();
    }
  });
}

/** Calls the other service. */
async function callHttpService1(): Promise<void> {
  const ctx = withBaggage(context.active(), 'baggage1', '12345');
  const options = {
    kind: SpanKind.CLIENT,
    // The keys of lesson 3. OpenTelemetry's own names are url.full and http.request.method.
    attributes: { 'http.url': HTTP_SERVICE1_URL, 'http.method': 'GET' },
  };
  await tracer.startActiveSpan('CallHttpService1Opname', options, ctx, async (span) => {
    try {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);

      const answer = await fetch(HTTP_SERVICE1_URL, { headers });
      const body = await answer.text();
      if (!answer.ok) throw new Error(`HTTP ${answer.status} ${body}`);
      span.addEvent('log', { body });
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** `error=true` and a log with `event=error` became a status and an exception. */
function failed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: reasonOf(error) });
  span.recordException(error as Error);
}

const app = express();
app.all('/http', (request, response) => jaegerHttp(request, response));
await serve(app, PORT, { close: () => provider.shutdown() });
