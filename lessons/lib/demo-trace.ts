import { setTimeout as delay } from 'node:timers/promises';
import { rpcServerOption } from '@spoor/client';
import { type AgentAddress, tracerTo } from './agent-address.ts';
import type { QueryApi } from './query-api.ts';

/** Marks the root of the demo trace, so that a store gets no second one. */
const DEMO_TAG = { demo: 'true' };
const CLIENT = 'jaeger-http-client';
const SERVICE1 = 'jaeger-http-service1';
const ASK_EVERY_MS = 20;

/** The id of the demo trace in the store, however old, if there is one. */
export async function demoTraceIn(query: QueryApi): Promise<string | undefined> {
  if (!(await query.services()).includes(CLIENT)) return undefined;
  const search = { service: CLIENT, tags: DEMO_TAG, start: 1, limit: 1 };
  return (await query.findTraces(search))[0]?.traceId;
}

/**
 * Sends a trace like lesson 3's to an agent, as if its request had been answered just now, and waits until the query
 * service knows all of it. Gives its id, or `undefined` if it did not arrive in time.
 */
export async function writeDemoTrace(
  agent: AgentAddress,
  query: QueryApi,
  withinMs: number,
  now: () => number = Date.now,
): Promise<string | undefined> {
  const [client, service1] = [tracerTo(agent, CLIENT), tracerTo(agent, SERVICE1)];
  const start = now() - 3009;

  const front = client.startSpan('jaegerHttpOpname', {
    ...rpcServerOption(null),
    startTime: start,
  });
  front.addTags({ ...DEMO_TAG, httpKey: 'httpValue' });
  front.setBaggageItem('baggage', '123456789');
  front.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' }, start + 1);

  const call = client.startSpan('CallHttpService1Opname', { childOf: front, startTime: start + 1 });
  call.setBaggageItem('baggage1', '12345');
  call.addTags({
    'span.kind': 'client',
    'http.url': 'http://localhost:2334/httpService1',
    'http.method': 'GET',
  });

  const served = service1.startSpan('jaegerHttpService1Opname', {
    ...rpcServerOption(call.context()),
    startTime: start + 5,
  });
  served.addTags({
    baggage: served.getBaggageItem('baggage'),
    baggage1: served.getBaggageItem('baggage1'),
  });
  served.log({ funcName: 'JaegerHttpService1' }, start + 5);
  served.finish(start + 2006);

  call.log({ body: 'Jaeger Http Service1' }, start + 2008);
  call.finish(start + 2008);
  front.finish(start + 3009);
  await Promise.all([client.close(), service1.close()]);

  const traceId = front.context().toTraceId();
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if ((await query.trace(traceId))?.spans.length === 3) return traceId;
    await delay(ASK_EVERY_MS);
  }
  return undefined;
}
