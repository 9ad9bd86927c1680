import { setTimeout as delay } from 'node:timers/promises';
import { ARRIVE_MS, goneError } from './arrival.ts';
import { type QueryApi, QueryApiError } from './query-api.ts';

/** The header by which a caller marks its request, and the tag that the first span of the trace gets of it. */
export const DEBUG_ID = 'jaeger-debug-id';

const ASK_EVERY_MS = 100;

/** The id of the trace of a request that was marked with `debugId`; `undefined` if it does not arrive in time. */
export async function markedTrace(
  query: QueryApi,
  service: string,
  debugId: string,
): Promise<string | undefined> {
  const deadline = performance.now() + ARRIVE_MS;
  do {
    try {
      const [trace] = await query.findTraces({ service, tags: { [DEBUG_ID]: debugId }, limit: 1 });
      if (trace) return trace.traceId;
    } catch (error) {
      if (!(error instanceof QueryApiError)) throw error;
      if (error.code !== 'timeout') throw goneError(error, query);
    }
    await delay(ASK_EVERY_MS);
  } while (performance.now() < deadline);
  return undefined;
}
