import { furtherTexts } from '../../../i18n/text.ts';
import type { BreaksCatalogue } from './breaks-en.ts';

export const { text: breaksText, load: loadBreaksTexts } = furtherTexts<BreaksCatalogue>({
  en: async () => (await import('./breaks-en.ts')).breaksEn,
  'zh-CN': async () => (await import('./breaks-zh-cn.ts')).breaksZhCn,
});
