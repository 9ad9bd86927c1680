// Closures and then(): nothing at the top of the file is awaited.
import { initJaeger } from './tracing.ts';

function traced(name: string, work: () => void, config = {}): Promise<void> {
  const [tracer, closer] = initJaeger('hello-jaeger', config);
  const span = tracer.startSpan(name);
  try {
    work();
  } finally {
    span.finish();
  }
  return closer.close();
}

const reporter = { logSpans: true, collectorEndpoint: 'http://localhost:14268/api/traces' };
traced('first-span', () => console.log('at work'))
  .then(() => traced('first-span', () => console.log('again'), { reporter }))
  .then(() => console.log('sent'));
