import type { Signal } from '@preact/signals';
import { traceText } from '../i18n/text.ts';

/** CSS pixels. */
const LEAST = 140;
const MOST = 900;
const STEP = 20;

/** Moves the border between names and bars, by pointer or arrow keys. `width` is that of the names, in CSS pixels. */
export function ColumnSplitter({ width }: { readonly width: Signal<number> }) {
  const set = (wanted: number) => {
    width.value = Math.round(Math.min(MOST, Math.max(LEAST, wanted)));
  };
  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    const splitter = event.currentTarget as HTMLElement;
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    set(event.clientX - (splitter.parentElement as HTMLElement).getBoundingClientRect().left);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(width.value + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter, which <hr> is not
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label={traceText().trace.resize}
      aria-orientation="vertical"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width.value}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
