import { withCloseDeadline } from './close-deadline.ts';
import type { Closeable } from './run-main.ts';

/** Notes a part that was started, and returns it. */
export type Own = <P extends Closeable>(part: P) => P;

/**
 * Starts parts that live together. What `start` passed to `own` is closed in the reverse order, with one deadline for all:
 * at once if `start` fails, else when `close` is called (once, however often it is called). One part that cannot close does
 * not keep the others open. The errors are thrown in the end; of several, an `AggregateError` with the first one's message.
 */
export async function startTogether<T extends object>(
  start: (own: Own) => Promise<T>,
): Promise<T & Closeable> {
  const parts: Closeable[] = [];
  const own: Own = (part) => {
    parts.push(part);
    return part;
  };
  try {
    const started = await start(own);
    let closing: Promise<void> | undefined;
    return {
      ...started,
      close(deadline) {
        closing ??= closeAll(parts.reverse(), deadline).then((failures) => {
          if (failures.length > 0) throw combined(failures);
        });
        return closing;
      },
    };
  } catch (error) {
    // First why it did not start.
    throw combined([error, ...(await closeAll(parts.reverse()))]);
  }
}

/** Gives back what went wrong. */
async function closeAll(parts: readonly Closeable[], deadline?: AbortSignal): Promise<unknown[]> {
  if (deadline === undefined) return withCloseDeadline((given) => closeAll(parts, given));
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      await part.close(deadline);
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** Waits until all have ended, then throws the errors as `startTogether` does. */
export async function allEnd(works: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const results = await Promise.allSettled(works);
  const failed = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  if (failed.length > 0) throw combined(failed.map(({ reason }) => reason));
}

function combined(failures: readonly unknown[]): unknown {
  const [first] = failures;
  if (failures.length === 1) return first;
  return new AggregateError(failures, first instanceof Error ? first.message : String(first));
}
