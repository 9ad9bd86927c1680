import type { Closeable } from './run-main.ts';

/** Notes a part that was started, and returns it. */
export type Own = <P extends Closeable>(part: P) => P;

/**
 * Starts parts that live together. What `start` passed to `own` is closed in the reverse order: at once if `start`
 * fails, else when `close` is called (once, however often it is called). One part that cannot close does not keep the
 * others open; its error is thrown at the end.
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
      close() {
        closing ??= closeAll(parts.reverse());
        return closing;
      },
    };
  } catch (error) {
    // Why it did not start says more than what then did not stop.
    await closeAll(parts.reverse()).catch(() => undefined);
    throw error;
  }
}

async function closeAll(parts: readonly Closeable[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      await part.close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
