import { computed, effect, signal } from '@preact/signals';
import { browserStore } from './browser-store.ts';

type Theme = 'light' | 'dark';
const KEY = 'spoor.theme';

const system = matchMedia('(prefers-color-scheme: dark)');
const systemTheme = signal<Theme>(system.matches ? 'dark' : 'light');
const chosen = signal<Theme | undefined>(kept());

/** The theme that is shown: the chosen one, else the system's. */
export const theme = computed<Theme>(() => chosen.value ?? systemTheme.value);

/** Choosing what the system has anyway means following the system again. */
export function toggleTheme(): void {
  const next = theme.value === 'dark' ? 'light' : 'dark';
  chosen.value = next === systemTheme.value ? undefined : next;
}

/** Shows the theme from now on, and keeps the choice for the next visit. */
export function followTheme(): void {
  system.addEventListener('change', ({ matches }) => {
    systemTheme.value = matches ? 'dark' : 'light';
  });
  effect(() => {
    const root = document.documentElement;
    if (chosen.value) root.dataset['theme'] = chosen.value;
    else delete root.dataset['theme'];
    browserStore.set(KEY, chosen.value ?? null);
  });
}

function kept(): Theme | undefined {
  const value = browserStore.get(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}
