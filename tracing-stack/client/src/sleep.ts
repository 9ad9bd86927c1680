import { channel } from 'node:diagnostics_channel';

/** The variable that makes every `sleep` of a lesson shorter (0.1) or longer (2). */
export const TIME_SCALE_VARIABLE = 'SPOOR_TIME_SCALE';

/** The channel of `node:diagnostics_channel` that is told of each sleep as it begins: `{ ms }`, scaled. */
export const SLEEP_CHANNEL = 'spoor:sleep';
// Held here, since channels are collected with their last holder.
const begun = channel(SLEEP_CHANNEL);

/** Waits `milliseconds`, times the scale: stands for work in the lessons, which checks run at a tenth of the time. */
export function sleep(milliseconds: number, scale: number = timeScale()): Promise<void> {
  const ms = milliseconds * scale;
  begun.publish({ ms });
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The scale that the environment asks for, 1 if it does not. Throws a `RangeError` for what is no number from 0 on. */
export function timeScale(env: NodeJS.ProcessEnv = process.env): number {
  const text = env[TIME_SCALE_VARIABLE] ?? '1';
  const scale = Number(text);
  if (text.trim() !== '' && Number.isFinite(scale) && scale >= 0) return scale;
  throw new RangeError(`[client] ${TIME_SCALE_VARIABLE} must be a number from 0 on, not '${text}'`);
}
