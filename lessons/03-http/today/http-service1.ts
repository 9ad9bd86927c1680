// Lesson 3 with OpenTelemetry: the second service.
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { sleep } from '@spoor/client';
import { serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import { initTracing } from '../../01-init/today/tracing.ts';

const PORT = Number(process.env['HTTP_SERVICE1_PORT'] ?? 2334);

const provider = initTracing('jaeger-http-service1');
const tracer = trace.getTracer('lessons');

/** Answers `/httpService1`. */
async function jaegerHttpService1(request: Request, response: Response): Promise<void> {
  const caller = propagation.extract(context.active(), request.headers);
  const options = { kind: SpanKind.SERVER };
  await tracer.startActiveSpan('jaegerHttpService1Opname', options, caller, async (span) => {
    try {
      const baggage = propagation.getActiveBaggage();
      for (const key of ['baggage', 'baggage1'])
        span.setAttribute(key, baggage?.getEntry(key)?.value ?? '');

      span.addEvent('log', { funcName: 'JaegerHttpService1' });
      await sleep(2000);

      response.type('text').send('Jaeger Http Service1');
    } finally {
      span.end();
    }
  });
}

const app = express();
app.all('/httpService1', (request, response) => jaegerHttpService1(request, response));
await serve(app, PORT, { close: () => provider.shutdown() });
