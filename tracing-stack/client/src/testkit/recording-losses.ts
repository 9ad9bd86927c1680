import type { Losses } from '../losses.ts';

/** Keeps what was lost. */
export function recordingLosses(): Losses & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    badArgument: (message) => lines.push(message),
    reducedValue: (key, reason) => lines.push(`${key}: ${reason}`),
  };
}
