import type { Closer } from './init-jaeger.ts';

/** A server under way. */
export interface Listening {
  /** Where: `http://localhost:2333`. */
  readonly address: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  finish(): Promise<void>;
}

/** Requests under way may take this long after the signal: the lessons' longest takes three seconds. */
export const FINISH_WITHIN_MS = 4000;

/**
 * Listens on `port` until SIGINT or SIGTERM; then finishes the requests under way, closes the tracer and lets the
 * process end. A port that somebody else holds ends it at once, with one line and exit code 1.
 */
export async function serveUntilSignal(
  port: number,
  listen: () => Promise<Listening>,
  closer: Closer,
): Promise<void> {
  let listening: Listening;
  try {
    listening = await listen();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const held = code === 'EADDRINUSE';
    console.error(
      `:${port} ${held ? 'is already in use: stop the process that listens there' : message}`,
    );
    process.exitCode = 1;
    return closer.close();
  }
  console.log(`listening on ${listening.address}`);

  let stopping = false;
  const stop = async () => {
    // Ctrl-C in a terminal may come twice, once from the terminal and once from npm.
    if (stopping) return;
    stopping = true;
    await listening.finish();
    await closer.close();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

/** Whether an address family is missing on this machine, as IPv6 is on some. */
export function isMissingFamily(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}
