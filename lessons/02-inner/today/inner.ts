// Lesson 2 with OpenTelemetry: the active span lives in an AsyncLocalStorage, so that no function has a `ctx`.
import { trace } from '@opentelemetry/api';
import { sleep } from '@spoor/client';
import { initTracing } from '../../01-init/today/tracing.ts';

const provider = initTracing('inner');
const tracer = trace.getTracer('lessons');

function callService1(request: string): Promise<string> {
  return tracer.startActiveSpan('Service1Opname', async (span) => {
    try {
      span.setAttribute('FuncName', 'CallService1');

      console.log(`req: ${request}, requesting...`);
      await sleep(3000);

      // A log is called event, and has a name.
      span.addEvent('service1-call', { request });

      // There is no wrong context to pass: this span is the active one here, after an await as well.
      callService2('CallService2-2');

      return 'service1Response';
    } finally {
      span.end();
    }
  });
}

function callService2(request: string): void {
  // A child of whatever is active; not active itself.
  const span = tracer.startSpan('Service2Opname');
  span.setAttribute('FuncName', 'CallService2');
  span.addEvent('service2-call', { request });
  span.end();
}

await tracer.startActiveSpan('RootSpanOpname', async (span) => {
  span.setAttribute('tayKey', 'tagValue');
  span.addEvent('inner-call');

  await callService1('callService1');
  await sleep(1000);
  callService2('callService2');

  span.end();
});
await provider.shutdown();
