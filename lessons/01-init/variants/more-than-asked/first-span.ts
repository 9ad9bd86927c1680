// Several spans, a child among them, more tags and logs, another service beside.
import { initJaeger } from './tracing.ts';

const [tracer, closer] = initJaeger('hello-jaeger');
const [other, otherCloser] = initJaeger('hello-again');

for (const greeting of ['hello', 'bonjour']) {
  const span = tracer.startSpan('first-span', { tags: { greeting } });
  const child = tracer.startSpan('second-span', { childOf: span });
  child.log({ event: 'spoken', greeting });
  child.finish();
  span.finish();
}
other.startSpan('elsewhere').finish();
// Asked for its opinion, and never finished.
other.startSpan('never-mind');

await Promise.all([closer.close(), otherCloser.close()]);
process.exit(0);
