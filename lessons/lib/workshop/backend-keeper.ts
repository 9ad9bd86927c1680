import { setTimeout as delay } from 'node:timers/promises';
import { type Backend, type BackendOptions, findBackend } from '../backend.ts';
import { LessonError } from '../lesson-error.ts';
import { QueryApiError } from '../query-api.ts';

/** A backend for as long as a learner works: one that was found and went away is followed by another. */
export interface BackendKeeper {
  /** Rejects with a `LessonError` if there is none to be had. */
  current(): Promise<Backend>;
  close(): Promise<void>;
}

export interface BackendKeeperOptions extends BackendOptions {
  /** Hears that the backend went away, before another is looked for. */
  readonly onGone: (url: string, reason: string) => void;
  /** Hears which backend took its place. */
  readonly onTaken: (backend: Backend) => void;
  readonly onFailed: (error: LessonError) => void;
  readonly lookEveryMs?: number;
}

const LOOK_EVERY_MS = 1000;

/** Finds or starts a backend, and looks after it. */
export function keepBackend(options: BackendKeeperOptions): BackendKeeper {
  const closing = new AbortController();
  let current = findBackend(options);
  const looking = look();
  // Whoever asks for it hears why there is none.
  current.catch(() => {});

  async function look(): Promise<void> {
    const { lookEveryMs = LOOK_EVERY_MS } = options;
    let told = false;
    while (!closing.signal.aborted) {
      await delay(lookEveryMs, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      const backend = await current.catch(() => undefined);
      // One that was named is the learner's to look after; one that is only slow is waited for.
      if (closing.signal.aborted || !backend?.found) continue;
      const reason = await refusal(backend);
      if (reason === undefined) continue;
      if (!told) options.onGone(backend.query.url, reason);
      told = true;
      try {
        const next = await findBackend(options);
        current = Promise.resolve(next);
        told = false;
        options.onTaken(next);
      } catch (error) {
        if (!(error instanceof LessonError || error instanceof QueryApiError)) throw error;
        if (error instanceof LessonError) options.onFailed(error);
      }
    }
  }

  return {
    current: () => current,
    async close() {
      closing.abort();
      await looking;
      const backend = await current.catch(() => undefined);
      await backend?.close();
    },
  };
}

/** Why nobody answers any more; `undefined` while somebody does, or may. */
async function refusal({ query }: Backend): Promise<string | undefined> {
  try {
    await query.services();
    return undefined;
  } catch (error) {
    if (error instanceof QueryApiError)
      return error.reason === 'ECONNREFUSED' ? error.reason : undefined;
    if (error instanceof LessonError) return undefined;
    throw error;
  }
}
