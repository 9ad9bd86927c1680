// Closures and then(): nothing at the top of the file is awaited.
import { initJaeger } from './tracing.ts';

function traced(name: string, work: () => void): Promise<void> {
  const [tracer, closer] = initJaeger('hello-jaeger');
  const span = tracer.startSpan(name);
  try {
    work();
  } finally {
    span.finish();
  }
  return closer.close();
}

traced('first-span', () => console.log('at work')).then(() => console.log('sent'));
