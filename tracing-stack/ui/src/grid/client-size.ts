import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * How large an element is inside, in CSS pixels. At first a guess, `above` less than the window is high, so that what is in
 * it is drawn in one go; measured before that is painted, and whenever it changes.
 */
export function useClientSize(
  ref: RefObject<HTMLElement | null>,
  above = 0,
): { readonly width: Signal<number>; readonly height: Signal<number> } {
  const width = useSignal(innerWidth);
  const height = useSignal(Math.max(0, innerHeight - above));
  useLayoutEffect(() => {
    const element = ref.current as HTMLElement;
    const measure = new ResizeObserver(() => {
      width.value = element.clientWidth;
      height.value = element.clientHeight;
    });
    measure.observe(element);
    return () => measure.disconnect();
  }, [ref, width, height]);
  return { width, height };
}
