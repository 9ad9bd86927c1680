import type { FlagValues } from './flags.ts';
import { createLogger, type LogDestination, type Logger, standardError } from './logger.ts';
import type { logFlags } from './program-flags.ts';
import { isDefect } from './run-main.ts';

/** A start that takes longer is told of as it goes on. */
const HOLD_MS = 10_000;

export interface StartLogOptions {
  readonly name: string;
  readonly flags: FlagValues<typeof logFlags>;
  /** Resolves when the program is to end. */
  readonly interrupted: Promise<unknown>;
  /** Standard error unless given. */
  readonly destination?: LogDestination;
}

/**
 * Starts a program with the logger that its flags ask for. What it logs meanwhile is written when it has started: of one that
 * cannot start, nothing is seen but the line that says why. It is also written of a start that takes long, is interrupted,
 * crashes or fails by a defect.
 */
export async function startLogged<T>(
  { name, flags, interrupted, destination = standardError() }: StartLogOptions,
  start: (logger: Logger) => Promise<T>,
): Promise<T> {
  let held: string[] | undefined = [];
  function release(): void {
    for (const line of held ?? []) destination.write(line);
    held = undefined;
  }
  const logger = createLogger({
    name,
    level: flags['log-level'],
    encoding: flags['log-encoding'],
    destination: {
      write(line) {
        if (held) held.push(line);
        else destination.write(line);
      },
    },
  });
  const late = setTimeout(release, HOLD_MS);
  // Of a crash, too.
  process.once('exit', release);
  void interrupted.then(release);
  try {
    const started = await start(logger);
    release();
    return started;
  } catch (error) {
    if (isDefect(error)) release();
    else held = [];
    throw error;
  } finally {
    clearTimeout(late);
    process.off('exit', release);
  }
}
