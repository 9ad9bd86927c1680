import { furtherTexts } from '../../../i18n/text.ts';
import type { FollowCatalogue } from './follow-en.ts';

export const { text: followText, load: loadFollowTexts } = furtherTexts<FollowCatalogue>({
  en: async () => (await import('./follow-en.ts')).followEn,
  'zh-CN': async () => (await import('./follow-zh-cn.ts')).followZhCn,
});
