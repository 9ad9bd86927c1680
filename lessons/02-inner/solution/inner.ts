// Lesson 2: a program that calls functions of its own, and shows in a trace which of them called which.
import {
  background,
  type Context,
  contextWithSpan,
  initGlobalTracer,
  sleep,
  startSpanFromContext,
} from '@spoor/client';
import { initJaeger } from '@spoor/services';

async function callService1(ctx: Context, request: string): Promise<string> {
  // A span below the one in `ctx`, and a context in which the new one is under way.
  const [span, ctxService1] = startSpanFromContext(ctx, 'Service1Opname');
  try {
    span.setTag('FuncName', 'CallService1');

    console.log(`req: ${request}, requesting...`);
    await sleep(3000);
    const response = 'service1Response';

    span.log({ event: 'service1-call', request });

    // Not `ctx`: that one knows of the caller's span, and the call would seem to be the caller's.
    callService2(ctxService1, 'CallService2-2');

    return response;
  } finally {
    span.finish();
  }
}

function callService2(ctx: Context, request: string): void {
  const [span] = startSpanFromContext(ctx, 'Service2Opname');
  span.setTag('FuncName', 'CallService2');
  span.log({ event: 'service2-call', request });
  span.finish();
}

const [tracer, closer] = initJaeger('inner');
// startSpanFromContext asks for the global tracer. Until it is set, that is one that does nothing.
initGlobalTracer(tracer);

const span = tracer.startSpan('RootSpanOpname');
try {
  span.setTag('tayKey', 'tagValue');
  span.log({ event: 'inner-call' });

  // A context never changes. This is a new one, like the empty one but for the span.
  const ctx = contextWithSpan(background(), span);
  await callService1(ctx, 'callService1');
  await sleep(1000);
  callService2(ctx, 'callService2');
} finally {
  span.finish();
  // The last act: the spans wait in the tracer, and would be lost with the process.
  await closer.close();
}
