// No context in any parameter list: the active span is found where the code runs.
import { activeSpan, initGlobalTracer, sleep, withSpan } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { globalTracer, type Span, type SpanOptions } from 'opentracing';

/** Runs `work` in a span below the active one. */
async function traced<Result>(
  name: string,
  work: (span: Span) => Result | Promise<Result>,
): Promise<Result> {
  const parent = activeSpan();
  const options: SpanOptions = parent ? { childOf: parent } : {};
  const span = globalTracer().startSpan(name, options);
  try {
    return await withSpan(span, () => work(span));
  } finally {
    span.finish();
  }
}

const callService1 = (request: string) =>
  traced('Service1Opname', async (span) => {
    span.setTag('FuncName', 'CallService1');
    await sleep(3000);
    span.log({ event: 'service1-call', request });
    await callService2('CallService2-2');
  });

const callService2 = (request: string) =>
  traced('Service2Opname', (span) => {
    span.setTag('FuncName', 'CallService2');
    span.log({ event: 'service2-call', request });
  });

const [tracer, closer] = initJaeger('inner');
initGlobalTracer(tracer);
await traced('RootSpanOpname', async (span) => {
  span.setTag('tayKey', 'tagValue').log({ event: 'inner-call' });
  await callService1('callService1');
  await sleep(1000);
  await callService2('callService2');
});
await closer.close();
