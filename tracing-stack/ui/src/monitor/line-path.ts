import type { MetricPoint } from '../api/metrics-client.ts';

/** CSS pixels, and the value at the top; 0 is at the bottom. */
export interface LineScale {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

/** An SVG path along the points, evenly from left to right. It is broken where there is no value; one alone is a dot. */
export function linePath(
  points: readonly MetricPoint[],
  { width, height, top }: LineScale,
): string {
  const step = points.length > 1 ? width / (points.length - 1) : 0;
  let isDrawing = false;
  return points
    .map(({ value }, i) => {
      if (Number.isNaN(value)) {
        isDrawing = false;
        return '';
      }
      const y = top > 0 ? height * (1 - value / top) : height;
      const isAlone = !isDrawing && !(points[i + 1] && !Number.isNaN(points[i + 1]?.value));
      const place = `${round(i * step)} ${round(y)}`;
      const part = isDrawing ? `L${place}` : isAlone ? `M${place}h0.01` : `M${place}`;
      isDrawing = true;
      return part;
    })
    .join('');
}

/** The round number to end a scale at: 1, 2 or 5 times a power of ten, and at least `most`. */
export function roundTop(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 5].find((n) => n * power >= most) ?? 10);
}

const round = (pixels: number) => Math.round(10 * pixels) / 10;
