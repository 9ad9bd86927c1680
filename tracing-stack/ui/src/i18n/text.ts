import { batch, type Signal, signal } from '@preact/signals';
import type { TraceCatalogue } from '../trace/i18n/trace-en.ts';
import type { Catalogue } from './en.ts';
import type { Language } from './languages.ts';

/** Each language is a file of its own, so that nobody loads the one that is not read. */
type Load<C> = Readonly<Record<Language, () => Promise<C>>>;

const catalogue = signal<Catalogue | undefined>(undefined);
const LOAD: Load<Catalogue> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
};

/**
 * The texts in the language that is shown. A component that calls it is drawn anew when the language changes. Nothing
 * is drawn before the first `loadTexts`.
 */
export const text = (): Catalogue => catalogue.value as Catalogue;

/** Loads further texts that are shown in the language, and gives what shows them. */
type Further = (language: Language) => Promise<() => void>;
const further: Further[] = [];

/** Shows the texts of a language from now on, the further ones that are in use too. Rejects if they cannot be loaded. */
export async function loadTexts(language: Language): Promise<void> {
  const [loaded, ...shows] = await Promise.all([
    LOAD[language](),
    ...further.map((load) => load(language)),
  ]);
  document.documentElement.lang = loaded.locale;
  batch(() => {
    catalogue.value = loaded;
    for (const show of shows) show();
  });
}

/** Texts of some pages only. These are not drawn before `load`; from then on the texts follow the language. */
export function furtherTexts<C>(files: Load<C>) {
  const shown: Signal<C | undefined> = signal(undefined);
  let isWanted = false;
  further.push(async (language) => {
    if (!isWanted) return () => {};
    const loaded = await files[language]();
    return () => {
      shown.value = loaded;
    };
  });
  return {
    text: (): C => shown.value as C,
    /** Rejects if they cannot be loaded. */
    async load(language: Language): Promise<void> {
      isWanted = true;
      const loaded = await files[language]();
      // If there are some by now, they are those of the language that was chosen meanwhile.
      shown.value ??= loaded;
    },
  };
}

/** Those of the trace page. */
export const { text: traceText, load: loadTraceTexts } = furtherTexts<TraceCatalogue>({
  en: async () => (await import('../trace/i18n/trace-en.ts')).traceEn,
  'zh-CN': async () => (await import('../trace/i18n/trace-zh-cn.ts')).traceZhCn,
});
