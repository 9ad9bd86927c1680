// Classes, each in a file of its own; the tracer is made by hand and process.exit comes after the close.
import { background, contextWithSpan, initGlobalTracer, initTracer, sleep } from '@spoor/client';
import { Service1, Service2 } from './services.ts';

const tracer = initTracer({
  serviceName: 'inner',
  sampler: { type: 'const', param: 1 },
  reporter: { logSpans: false },
});
initGlobalTracer(tracer);

async function main(): Promise<void> {
  const root = tracer.startSpan('RootSpanOpname');
  root.setTag('tayKey', 'tagValue');
  root.log({ event: 'inner-call' });
  const ctx = contextWithSpan(background(), root);
  const service2 = new Service2();
  await new Service1(service2).call(ctx, 'callService1');
  await sleep(1000);
  service2.call(ctx, 'callService2');
  root.finish();
}

main()
  .then(() => tracer.close())
  .then(() => process.exit(0))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
