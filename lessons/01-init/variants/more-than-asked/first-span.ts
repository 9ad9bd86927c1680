// Several spans, a child among them, more tags and logs, another service beside.
import { initJaeger } from './tracing.ts';

const [tracer, closer] = initJaeger('hello-jaeger');
const [posting, postingCloser] = initJaeger('hello-jaeger', {
  reporter: { logSpans: true, collectorEndpoint: 'localhost:14268' },
});
const [other, otherCloser] = initJaeger('hello-again');

for (const greeting of ['hello', 'bonjour']) {
  const span = tracer.startSpan('first-span', { tags: { greeting } });
  const child = tracer.startSpan('second-span', { childOf: span });
  child.log({ event: 'spoken', greeting });
  child.finish();
  span.finish();
}
posting.startSpan('posted').finish();
other.startSpan('elsewhere').finish();
// Asked for its opinion, and never finished.
other.startSpan('never-mind');

await Promise.all([closer.close(), postingCloser.close(), otherCloser.close()]);
process.exit(0);
