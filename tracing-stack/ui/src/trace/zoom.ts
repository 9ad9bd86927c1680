/** The part of a trace's time that is shown, in microseconds after its start. `from` is less than `to`, but in a trace that takes no time. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** The shortest time that is worth looking at, in microseconds. */
const SHORTEST = 1;

export const wholeTrace = (duration: number): Zoom => ({ from: 0, to: duration });
export const isWhole = ({ from, to }: Zoom, duration: number) => from <= 0 && to >= duration;

/** From the one point to the other, in either order; brought inside of the trace, and made wide enough to be seen. */
export function zoomBetween(one: number, other: number, duration: number): Zoom {
  const width = Math.min(duration, Math.max(SHORTEST, Math.abs(other - one)));
  const from = Math.max(0, Math.min(Math.min(one, other), duration - width));
  return { from, to: from + width };
}

/** The same middle, `factor` times as wide. */
export function scaled({ from, to }: Zoom, factor: number, duration: number): Zoom {
  const middle = (from + to) / 2;
  const half = (factor * (to - from)) / 2;
  const width = Math.min(duration, Math.max(SHORTEST, 2 * half));
  return zoomBetween(middle - width / 2, middle + width / 2, duration);
}

/** Moved by a part of its width; stops at the ends of the trace. */
export function panned({ from, to }: Zoom, part: number, duration: number): Zoom {
  const start = from + part * (to - from);
  return zoomBetween(start, start + to - from, duration);
}

/** Around a span, with some room beside it. */
export function zoomTo(start: number, length: number, duration: number): Zoom {
  const room = length > 0 ? length / 10 : duration / 1_000;
  return zoomBetween(
    Math.max(0, start - room),
    Math.min(duration, start + length + room),
    duration,
  );
}

/** Reads `FROM-TO` in microseconds, as an address holds it; `undefined` if it is none, or shows nothing of the trace. */
export function parseZoom(text: string, duration: number): Zoom | undefined {
  const [, from, to] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (!(Number(from) < Number(to)) || Number(from) >= duration) return undefined;
  return zoomBetween(Number(from), Math.min(duration, Number(to)), duration);
}

/** To the nanosecond, which is finer than what clocks tell. */
export function formatZoom({ from, to }: Zoom): string {
  const text = (micros: number) => String(Number(micros.toFixed(to - from < 1_000 ? 3 : 0)));
  return `${text(from)}-${text(to)}`;
}
