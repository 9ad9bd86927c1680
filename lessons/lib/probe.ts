import { setTimeout as delay } from 'node:timers/promises';
import type { AgentAddress } from './agent-address.ts';
import { tracerTo } from './agent-address.ts';
import type { QueryApi } from './query-api.ts';

const ASK_EVERY_MS = 25;

/**
 * Proves that spans sent to `agent` come out at `query`: sends one and asks for it. UDP itself tells nothing. Gives the
 * milliseconds of the round trip, or `undefined` if it did not come back in time.
 */
export async function roundTrip(
  agent: AgentAddress,
  query: QueryApi,
  withinMs: number,
): Promise<number | undefined> {
  const tracer = tracerTo(agent, 'lesson-probe');
  const began = performance.now();
  const span = tracer.startSpan('round-trip');
  span.finish();
  await tracer.close();
  const traceId = span.context().toTraceId();
  while (performance.now() - began < withinMs) {
    if (await query.trace(traceId)) return Math.round(performance.now() - began);
    await delay(ASK_EVERY_MS);
  }
  return undefined;
}
