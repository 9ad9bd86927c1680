// More of everything: spans of one's own between and beside, tags, logs, baggage, a second tracer of another service.
import {
  background,
  type Context,
  contextWithSpan,
  initGlobalTracer,
  sleep,
  startSpanFromContext,
} from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Tags } from 'opentracing';

const [tracer, closer] = initJaeger('inner');
const [metrics, metricsCloser] = initJaeger('inner-metrics');
initGlobalTracer(tracer);

async function callService1(ctx: Context, request: string) {
  const [span, ctxService1] = startSpanFromContext(ctx, 'Service1Opname');
  span.addTags({ FuncName: 'CallService1', [Tags.COMPONENT]: 'inner', attempt: 1 });
  const [waiting] = startSpanFromContext(ctxService1, 'waiting');
  await sleep(3000);
  waiting.finish();
  span.log({ event: 'service1-call' });
  span.log({ request, size: request.length });
  const [batch, ctxBatch] = startSpanFromContext(ctxService1, 'batch');
  callService2(ctxBatch, 'CallService2-2');
  batch.finish();
  span.finish();
}

function callService2(ctx: Context, request: string) {
  const [span] = startSpanFromContext(ctx, 'Service2Opname');
  span.setTag('FuncName', 'CallService2').setBaggageItem('request', request);
  span.log({ event: 'service2-call', request });
  span.log({ event: 'done' });
  span.finish();
}

const whole = tracer.startSpan('program');
const span = tracer.startSpan('RootSpanOpname', { childOf: whole });
span.setTag('tayKey', 'tagValue');
span.setTag('language', 'en');
span.log({ event: 'inner-call' });
const ctx = contextWithSpan(background(), span);
await callService1(ctx, 'callService1');
await sleep(1000);
callService2(ctx, 'callService2');
span.finish();
whole.finish();
metrics.startSpan('count').setTag('calls', 3).finish();
await Promise.all([closer.close(), metricsCloser.close()]);
await closer.close();
