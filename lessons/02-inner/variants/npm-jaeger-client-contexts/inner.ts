// npm jaeger-client as the global tracer, under this workshop's contexts; spans are posted to the collector.
import {
  background,
  type Context,
  contextWithSpan,
  initGlobalTracer,
  sleep,
  startSpanFromContext,
} from '@spoor/client';
// @ts-expect-error: it has no types.
import jaegerClient from 'jaeger-client';

const tracer = jaegerClient.initTracer(
  {
    serviceName: 'inner',
    sampler: { type: 'const', param: 1 },
    reporter: { collectorEndpoint: 'http://localhost:14268/api/traces' },
  },
  {},
);
initGlobalTracer(tracer);

async function main() {
  const root = tracer.startSpan('RootSpanOpname', { tags: { tayKey: 'tagValue' } });
  root.log({ event: 'inner-call' });
  const ctx = contextWithSpan(background(), root);
  await callService1(ctx, 'callService1');
  await sleep(1000);
  callService2(ctx, 'callService2');
  root.finish();
  await new Promise<void>((done) => tracer.close(done));
}

async function callService1(ctx: Context, request: string) {
  const [span, inner] = startSpanFromContext(ctx, 'Service1Opname', {
    tags: { FuncName: 'CallService1' },
  });
  await sleep(3000);
  span.log({ event: 'service1-call', request });
  callService2(inner, 'CallService2-2');
  span.finish();
}

function callService2(ctx: Context, request: string) {
  const [span] = startSpanFromContext(ctx, 'Service2Opname');
  span.addTags({ FuncName: 'CallService2' }).log({ event: 'service2-call', request });
  span.finish();
}

void main();
