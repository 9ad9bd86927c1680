/** Where a key moves a slider that stands at `at`, within its bounds. `undefined`: the key is none of a slider's. */
export function sliderMove(
  key: string,
  { at, step, least, most }: { at: number; step: number; least: number; most: number },
): number | undefined {
  const target = {
    ArrowLeft: at - step,
    ArrowDown: at - step,
    ArrowRight: at + step,
    ArrowUp: at + step,
    PageDown: at - 5 * step,
    PageUp: at + 5 * step,
    Home: least,
    End: most,
  }[key];
  return target === undefined ? undefined : Math.min(most, Math.max(least, target));
}
