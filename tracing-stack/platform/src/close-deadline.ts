/** Within this, whoever is closed has delivered what it holds, or knows that it cannot. */
const CLOSE_WITHIN_MS = 2500;

/**
 * One deadline for all that is closed together. Until it is over, a part may wait for others: for requests that it answers,
 * for those that it makes. Then it breaks them off, and only puts away what it has. It does not keep the process up.
 */
export function closeDeadline(): AbortSignal {
  return AbortSignal.timeout(CLOSE_WITHIN_MS);
}

/** Calls `close` with such a deadline, and keeps the process up for it. */
export function withCloseDeadline<T>(close: (deadline: AbortSignal) => Promise<T>): Promise<T> {
  return withDeadline(CLOSE_WITHIN_MS, close);
}

async function withDeadline<T>(
  milliseconds: number,
  work: (deadline: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), milliseconds);
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when it is over. Once `unneeded` is aborted nobody waits for that any more. */
export function passed(deadline: AbortSignal, unneeded?: AbortSignal): Promise<void> {
  const once = { once: true, ...(unneeded && { signal: unneeded }) };
  return new Promise((resolve) => {
    if (deadline.aborted) resolve();
    else deadline.addEventListener('abort', () => resolve(), once);
  });
}

/**
 * Waits for `work` until the deadline, or for so many milliseconds: `false` if it had not ended by then. Rejects if it does in
 * time.
 */
export async function endsBefore(
  deadline: AbortSignal | number,
  work: Promise<unknown>,
): Promise<boolean> {
  if (typeof deadline === 'number') {
    return withDeadline(deadline, (signal) => endsBefore(signal, work));
  }
  const unneeded = new AbortController();
  try {
    const late = passed(deadline, unneeded.signal).then(() => false);
    return await Promise.race([work.then(() => true), late]);
  } finally {
    // Many parts wait by one deadline, one after the other.
    unneeded.abort();
  }
}
