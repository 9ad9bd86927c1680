import { setTimeout as delay } from 'node:timers/promises';
import type { AgentAddress } from '../agent-address.ts';
import { agentOf, type Backend, type BackendOptions, findBackend } from '../backend.ts';
import { LessonError } from '../lesson-error.ts';
import { QueryApiError } from '../query-api.ts';

/** A backend for as long as a learner works: one that was found and went away is followed by another. */
export interface BackendKeeper {
  /** That it has, whichever it is. */
  readonly agent: AgentAddress;
  /** Rejects with a `LessonError` while there is none to be had. */
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
  // Whoever asks for it hears why there is none.
  current.catch(() => {});
  const looking = look();

  async function look(): Promise<void> {
    const { lookEveryMs = LOOK_EVERY_MS } = options;
    let told = false;
    while (!closing.signal.aborted) {
      await delay(lookEveryMs, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      const backend = await current.catch(() => undefined);
      if (closing.signal.aborted) break;
      if (backend && !(await isGone(backend))) continue;
      const next = findBackend(options);
      // Without one, whoever asks hears the newest reason: what stood in the way may have left.
      if (!backend) current = next;
      try {
        options.onTaken(await next);
        current = next;
        told = false;
      } catch (error) {
        if (!(error instanceof LessonError || error instanceof QueryApiError)) throw error;
        if (backend && error instanceof LessonError) options.onFailed(error);
      }
    }

    /** One that was named is the learner's to look after; one that is only slow is waited for. */
    async function isGone({ found, query }: Backend): Promise<boolean> {
      const reason = found && (await refusal(query));
      if (reason === undefined) return false;
      if (!told) options.onGone(query.url, reason);
      told = true;
      return true;
    }
  }

  return {
    agent: agentOf(options),
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
async function refusal(query: Backend['query']): Promise<string | undefined> {
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
