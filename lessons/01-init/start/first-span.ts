// Lesson 1: a program with one span. It runs, it complains of nothing, and nobody ever sees the span.
import { initJaeger } from './tracing.ts';

const SERVICE = 'hello-jaeger';

const [tracer] = initJaeger(SERVICE);

const span = tracer.startSpan('first-span');
span.finish();
// Step 1.2: finished is not yet sent.

console.log('done: one span, started and finished');

// Step 1.3: another tracer, which reports to a collector.
// Step 1.4: what do the four samplers keep? samplers.ts asks your initJaeger.
