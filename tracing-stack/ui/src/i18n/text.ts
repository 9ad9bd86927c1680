import { batch, signal } from '@preact/signals';
import type { TraceCatalogue } from '../trace/i18n/trace-en.ts';
import type { Catalogue } from './en.ts';
import type { Language } from './languages.ts';

const catalogue = signal<Catalogue | undefined>(undefined);
const traceCatalogue = signal<TraceCatalogue | undefined>(undefined);

/**
 * The texts in the language that is shown. A component that calls it is drawn anew when the language changes. Nothing
 * is drawn before the first `loadTexts`.
 */
export const text = (): Catalogue => catalogue.value as Catalogue;

/** Those of the trace page and of the list of keys, which are not drawn before `loadTraceTexts`. */
export const traceText = (): TraceCatalogue => traceCatalogue.value as TraceCatalogue;

/** Each language is a file of its own, so that nobody loads the one that is not read. */
const LOAD: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
};
const LOAD_TRACE: Readonly<Record<Language, () => Promise<TraceCatalogue>>> = {
  en: async () => (await import('../trace/i18n/trace-en.ts')).traceEn,
  'zh-CN': async () => (await import('../trace/i18n/trace-zh-cn.ts')).traceZhCn,
};

let isTraceWanted = false;

/** Shows the texts of a language from now on. Rejects if they cannot be loaded. */
export async function loadTexts(language: Language): Promise<void> {
  const loaded = await LOAD[language]();
  const ofTrace = isTraceWanted ? await LOAD_TRACE[language]() : undefined;
  document.documentElement.lang = loaded.locale;
  batch(() => {
    catalogue.value = loaded;
    if (ofTrace) traceCatalogue.value = ofTrace;
  });
}

/** Has the texts of the trace page and of the keys, too, from now on. Rejects if they cannot be loaded. */
export async function loadTraceTexts(language: Language): Promise<void> {
  isTraceWanted = true;
  const loaded = await LOAD_TRACE[language]();
  // If there are some by now, they are those of the language that was chosen meanwhile.
  traceCatalogue.value ??= loaded;
}
