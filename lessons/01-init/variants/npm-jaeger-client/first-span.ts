import { initJaeger } from './tracing.ts';

const [tracer, closer] = initJaeger('hello-jaeger');
tracer.startSpan('first-span').finish();
await closer.close();
