/** The variable that makes every `sleep` of a lesson shorter (0.1) or longer (2). */
export const TIME_SCALE_VARIABLE = 'SPOOR_TIME_SCALE';

/** Waits `milliseconds`, times the scale: stands for work in the lessons, which checks run at a tenth of the time. */
export function sleep(milliseconds: number, scale: number = timeScale()): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds * scale));
}

/** The scale that the environment asks for, 1 if it does not. Throws a `RangeError` for what is no number from 0 on. */
export function timeScale(env: NodeJS.ProcessEnv = process.env): number {
  const text = env[TIME_SCALE_VARIABLE] ?? '1';
  const scale = Number(text);
  if (text.trim() !== '' && Number.isFinite(scale) && scale >= 0) return scale;
  throw new RangeError(`[client] ${TIME_SCALE_VARIABLE} must be a number from 0 on, not '${text}'`);
}
