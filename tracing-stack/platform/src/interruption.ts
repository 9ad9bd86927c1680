/** npm passes Ctrl-C on to a program that has it from the terminal already: both mean one key press. */
const SAME_PRESS_MS = 1000;

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface Interruption {
  /** Resolves at the first of the signals. */
  readonly interrupted: Promise<Interrupt>;
  /** Gives the signals back to the system. */
  release(): void;
}

/** Where the signals come from: `process`, unless a test gives another. */
export interface SignalSource {
  on(signal: Interrupt, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: Interrupt, listener: (signal: NodeJS.Signals) => void): unknown;
}

/**
 * Catches Ctrl-C, SIGTERM and a closed terminal. The first asks for an orderly end, a later one calls `force`.
 * `now` in milliseconds.
 */
export function onInterruption(
  force: () => void,
  source: SignalSource = process,
  now: () => number = Date.now,
): Interruption {
  let first: number | undefined;
  let resolve: (signal: Interrupt) => void;
  const interrupted = new Promise<Interrupt>((settle) => {
    resolve = settle;
  });
  const take = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = now();
      resolve(signal as Interrupt);
    } else if (now() - first > SAME_PRESS_MS) force();
  };
  const signals: readonly Interrupt[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) source.on(signal, take);
  return {
    interrupted,
    release() {
      for (const signal of signals) source.off(signal, take);
    },
  };
}
