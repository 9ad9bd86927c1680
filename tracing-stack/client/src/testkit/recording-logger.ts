import type { Logger } from '../logger.ts';

/** Keeps what was logged. */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => lines.push(message),
    error: (message) => lines.push(`ERROR ${message}`),
  };
}
