import { reasonOf } from './logger.ts';

/** Says, at the process's exit, what is lost by it. Synchronous. */
export type LastWords = () => void;

const pending = new Set<LastWords>();
let isListening = false;

/** Has `say` called if the process exits before `forgo`. A signal that nobody handles ends a process without it. */
export function sayAtExit(say: LastWords): void {
  pending.add(say);
  // One listener for all, since Node warns of more than ten.
  if (!isListening) process.once('exit', sayAll);
  isListening = true;
}

/** There is nothing to lose any more. */
export function forgo(say: LastWords): void {
  pending.delete(say);
}

function sayAll(): void {
  for (const say of pending) {
    try {
      say();
    } catch (error) {
      // A logger of the application's; the others must be heard all the same.
      process.stderr.write(`[client] ${reasonOf(error)}\n`);
    }
  }
}
