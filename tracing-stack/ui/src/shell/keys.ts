import { signal } from '@preact/signals';
import { browserStore } from './browser-store.ts';

const KEY = 'spoor.keys';

/**
 * Whether keys of a single letter or sign do something. They can be switched off, as WCAG 2.1.4 asks: who speaks to
 * the computer would set them off with every word.
 */
export const singleKeys = signal(browserStore.get(KEY) !== 'off');

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  browserStore.set(KEY, on ? null : 'off');
}

/** Whether the dialog with the keys is open. */
export const keysShown = signal(false);

/** What the key means, unless it is for somebody else: a field, a dialog, the browser's menu. `undefined`: not for us. */
export function keyOf(event: KeyboardEvent): string | undefined {
  const { key, defaultPrevented, altKey, ctrlKey, metaKey } = event;
  if (defaultPrevented || altKey || ctrlKey || metaKey || keysShown.value) return undefined;
  if (key.length === 1 && key !== ' ' && !singleKeys.value) return undefined;
  const target = event.target as HTMLElement;
  return target.closest('input, select, textarea, dialog') ? undefined : key;
}

/** The keys that do the same on every page. The `/` goes to the field that the page marks. */
export function followKeys(): void {
  addEventListener('keydown', (event) => {
    const key = keyOf(event);
    if (key === '?') keysShown.value = true;
    else if (key === '/') document.querySelector<HTMLElement>('[data-key="/"]')?.focus();
    else return;
    event.preventDefault();
  });
}
