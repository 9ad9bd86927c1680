import { readFileSync } from 'node:fs';

/** How often memory is looked at, in milliseconds. */
const INTERVAL = 50;

/**
 * Bytes of memory that are the process's own: not the files that it maps, whose pages the system takes back when it needs
 * them. `undefined` where the system does not tell.
 */
export function anonymousMemory(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, kilobytes] =
    /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The most that `anonymousMemory` said while `work` went on. */
export async function mostMemory(work: () => Promise<void>): Promise<number | undefined> {
  let most = anonymousMemory();
  const look = () => {
    const now = anonymousMemory();
    if (now !== undefined) most = Math.max(most ?? 0, now);
  };
  const timer = setInterval(look, INTERVAL);
  try {
    await work();
    look();
    return most;
  } finally {
    clearInterval(timer);
  }
}
