import { furtherTexts } from '../../i18n/text.ts';
import type { CompareCatalogue } from './compare-en.ts';

export const { text: compareText, load: loadCompareTexts } = furtherTexts<CompareCatalogue>({
  en: async () => (await import('./compare-en.ts')).compareEn,
  'zh-CN': async () => (await import('./compare-zh-cn.ts')).compareZhCn,
});
