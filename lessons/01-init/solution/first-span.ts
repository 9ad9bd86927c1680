// Lesson 1: the two choices that a tracer begins with. Where do its spans go, and which traces does it keep?
import { constant, probabilistic, rateLimiting, remote } from './samplers.ts';
import { initJaeger } from './tracing.ts';

const SERVICE = 'hello-jaeger';
const { JAEGER_AGENT_HOST = '', JAEGER_AGENT_PORT = '6831' } = process.env;
const COLLECTOR_ENDPOINT =
  process.env['JAEGER_ENDPOINT'] || `http://${JAEGER_AGENT_HOST || 'localhost'}:14268/api/traces`;

/** Sends one span, and says how many the tracer got rid of. */
async function firstSpan([tracer, closer]: ReturnType<typeof initJaeger>): Promise<string> {
  const span = tracer.startSpan('first-span');
  span.finish();
  // Finished is not yet sent: without this the program would be gone before its span is.
  await closer.close();
  return `sent ${tracer.counters.reported} of ${tracer.counters.finished} spans`;
}

// The reporter that initJaeger makes by itself: to the agent, which is near, over UDP, which never keeps anyone waiting.
const toAgent = initJaeger(SERVICE);
const sentToAgent = await firstSpan(toAgent);
console.log(`step 1: LocalAgentHostPort ${JAEGER_AGENT_HOST}:${JAEGER_AGENT_PORT}: ${sentToAgent}`);

// Without an agent: to the collector itself, over HTTP, which says whether it took them.
const reporter = { logSpans: true, collectorEndpoint: COLLECTOR_ENDPOINT };
const toCollector = initJaeger(SERVICE, { reporter });
const sentToCollector = await firstSpan(toCollector);
console.log(`step 2: CollectorEndpoint ${COLLECTOR_ENDPOINT}: ${sentToCollector}`);

console.log('step 3: the samplers, each asked about 2000 new traces');
for (const line of await constant()) console.log(`  ${line}`);
console.log(`  ${await probabilistic()}`);
console.log(`  ${await rateLimiting()}`);
for (const line of await remote()) console.log(`  ${line}`);
