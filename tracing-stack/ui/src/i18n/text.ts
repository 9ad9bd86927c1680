import { signal } from '@preact/signals';
import type { Catalogue } from './en.ts';
import type { Language } from './languages.ts';

const catalogue = signal<Catalogue | undefined>(undefined);

/**
 * The texts in the language that is shown. A component that calls it is drawn anew when the language changes. Nothing
 * is drawn before the first `loadTexts`.
 */
export const text = (): Catalogue => catalogue.value as Catalogue;

/** Each language is a file of its own, so that nobody loads the one that is not read. */
const LOAD: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
};

/** Shows the texts of a language from now on. Rejects if they cannot be loaded. */
export async function loadTexts(language: Language): Promise<void> {
  const loaded = await LOAD[language]();
  document.documentElement.lang = loaded.locale;
  catalogue.value = loaded;
}
