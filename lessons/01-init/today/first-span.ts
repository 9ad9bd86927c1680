// Lesson 1 with OpenTelemetry: one span.
import { trace } from '@opentelemetry/api';
import { initTracing } from './tracing.ts';

const provider = initTracing('hello-jaeger');

const span = trace.getTracer('lessons').startSpan('first-span');
span.end();

// Finished is not yet sent, today as then.
await provider.shutdown();
