import { initJaeger } from './tracing.ts';

const [tracer, closer] = initJaeger('hello-jaeger');
tracer.startSpan('first-span').finish();
await closer.close();

const [byHttp, httpCloser] = initJaeger('hello-jaeger', {
  reporter: { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' },
});
byHttp.startSpan('first-span').finish();
await httpCloser.close();
