import type { Language } from '../../i18n/languages.ts';
import type { LearnCatalogue } from './learn-en.ts';

/** The texts of the lessons pages. Each language is a file of its own, as those of the other pages are. */
const LOAD: Readonly<Record<Language, () => Promise<LearnCatalogue>>> = {
  en: async () => (await import('./learn-en.ts')).learnEn,
  'zh-CN': async () => (await import('./learn-zh-cn.ts')).learnZhCn,
};

/** Rejects if they cannot be loaded. */
export const loadLearnTexts = (language: Language): Promise<LearnCatalogue> => LOAD[language]();
