import type { Signal } from '@preact/signals';
import { text } from '../i18n/text.ts';

const LEAST = 0.15;
const MOST = 0.7;

/** Moves the border between names and bars, by pointer or arrow keys. `share` is the names' part of the width. */
export function ColumnSplitter({ share }: { readonly share: Signal<number> }) {
  const set = (wanted: number) => {
    share.value = Math.min(MOST, Math.max(LEAST, wanted));
  };
  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    const splitter = event.currentTarget as HTMLElement;
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const frame = (splitter.parentElement as HTMLElement).getBoundingClientRect();
    set((event.clientX - frame.left) / frame.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(share.value + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window splitter, which <hr> is not
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label={text().trace.resize}
      aria-orientation="vertical"
      aria-valuemin={100 * LEAST}
      aria-valuemax={100 * MOST}
      aria-valuenow={Math.round(100 * share.value)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
