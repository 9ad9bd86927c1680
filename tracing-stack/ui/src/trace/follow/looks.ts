import type { TraceJson } from '@spoor/analysis';
import type { QueryClient } from '../../api/query-client.ts';
import { QueryError } from '../../api/query-client.ts';

/** Milliseconds before each look: a tracer sends about once a second, so most of what is late comes at once. */
export const WAITS = [1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000] as const;

/**
 * Looks for more spans of a trace, again and again, each time after a longer wait. Gives the trace as soon as it has
 * more than `spanCount`; `undefined` once it was looked for often enough. Rejects if it is called off, or with what the
 * server said.
 */
export async function moreSpans(
  client: Pick<QueryClient, 'trace'>,
  traceId: string,
  spanCount: number,
  signal: AbortSignal,
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void> = paused,
): Promise<TraceJson | undefined> {
  for (const wait of WAITS) {
    await pause(wait, signal);
    const trace = await client.trace(traceId, signal).catch(noTrace);
    if (trace && trace.spans.length > spanCount) return trace;
  }
  return undefined;
}

function noTrace(error: unknown): undefined {
  if (!(error instanceof QueryError && error.code === 404)) throw error;
}

function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
