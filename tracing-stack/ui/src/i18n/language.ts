import { signal } from '@preact/signals';
import { browserStore } from '../shell/browser-store.ts';
import { currentAddress, navigate } from '../shell/location.ts';
import { type Language, languageOf } from './languages.ts';
import { loadTexts } from './text.ts';

const KEY = 'spoor.language';

/** The language that is shown: the one that the address names (`lang`), else the chosen one, else the browser's. */
export const language = signal<Language>(
  languageOf([
    currentAddress().searchParams.get('lang'),
    browserStore.get(KEY),
    ...navigator.languages,
  ]),
);

/** Resolves when there are texts to draw with. */
export const firstTexts = (): Promise<void> => loadTexts(language.value);

/** Shows another language and keeps the choice; choosing the browser's own means following the browser again. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  browserStore.set(KEY, chosen === languageOf(navigator.languages) ? null : chosen);
  const address = new URL(currentAddress());
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    navigate(address.href, { replace: true });
  }
  try {
    await loadTexts(chosen);
    language.value = chosen;
  } catch {
    // The server is gone, or has been given a new build: loading anew shows which, and shows it in the new language.
    location.reload();
  }
}
