import { SERVICE_COLORS } from '../palette/service-color.ts';
import { hasError, type TraceModel } from './trace-model.ts';

/** CSS pixels. */
const THICKEST = 5;
const THINNEST = 1.5;
const SHORTEST = 2;
const TICK_HEIGHT = 7;

/** Draws all spans as lines, in the order of the rows, and over them a tick along the lower edge for each error. */
export function drawMinimap(canvas: HTMLCanvasElement, model: TraceModel): void {
  const scale = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * scale);
  const height = Math.round(canvas.clientHeight * scale);
  // Setting the size empties the canvas too.
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context || model.duration === 0) return;
  const { services, error } = colorsOf(canvas);
  const below = TICK_HEIGHT * scale;
  const pitch = Math.min(THICKEST * scale, (height - below) / model.rowCount);
  const thickness = Math.max(THINNEST * scale, pitch * 0.7);
  const x = (micros: number) => (micros / model.duration) * width;
  const lineOf = lines(model.rowCount, pitch);
  for (let row = 0; row < model.rowCount; row++) {
    const length = Math.max(SHORTEST * scale, x(model.length[row] ?? 0));
    // What happens at the very end must not lie outside.
    const left = Math.min(x(model.start[row] ?? 0), width - length);
    const y = lineOf(row, model.color[row] ?? 0, left, length);
    if (y === undefined) continue;
    context.fillStyle = services[model.color[row] ?? 0] ?? '';
    context.fillRect(left, y, length, thickness);
  }
  context.fillStyle = error;
  for (let row = 0; row < model.rowCount; row++)
    if (hasError(model, row))
      context.fillRect(
        Math.min(x(model.start[row] ?? 0), width - SHORTEST * scale),
        height - below,
        SHORTEST * scale,
        below,
      );
}

/** Says where a row's line goes, in device pixels; `undefined` if it would lie within the line drawn there last. */
function lines(rowCount: number, pitch: number) {
  const last = Array.from({ length: Math.ceil(rowCount * pitch) + 1 }, () => ({
    color: -1,
    left: 0,
    right: 0,
  }));
  return (row: number, color: number, left: number, length: number): number | undefined => {
    const y = Math.floor(row * pitch);
    const drawn = last[y];
    if (!drawn) return undefined;
    if (drawn.color === color && left >= drawn.left && left + length <= drawn.right)
      return undefined;
    Object.assign(drawn, { color, left, right: left + length });
    return y;
  };
}

/** A canvas takes no custom properties, so the style sheet's colours are asked of the element that bears it. */
function colorsOf(canvas: HTMLCanvasElement) {
  const resolved = (property: string) => {
    canvas.style.color = `var(${property})`;
    return getComputedStyle(canvas).color;
  };
  return {
    services: Array.from({ length: SERVICE_COLORS }, (_, i) => resolved(`--service-${i}`)),
    error: resolved('--danger'),
  };
}
