/** The languages of the UI, each with its name for the switch and the words that lead to it, in the language itself. */
export const LANGUAGES = {
  en: { short: 'EN', choose: 'Switch to English' },
  'zh-CN': { short: '中文', choose: '切换到中文' },
} as const;

export type Language = keyof typeof LANGUAGES;

/** The first of the wished languages that the UI speaks, by BCP 47 tags such as `zh-Hans-CN`; else English. */
export function languageOf(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const [primary] = wish?.toLowerCase().split(/[-_]/) ?? [];
    if (primary === 'en') return 'en';
    if (primary === 'zh') return 'zh-CN';
  }
  return 'en';
}
