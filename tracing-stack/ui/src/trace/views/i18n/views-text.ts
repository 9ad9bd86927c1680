import { furtherTexts } from '../../../i18n/text.ts';
import type { ViewsCatalogue } from './views-en.ts';

export const { text: viewsText, load: loadViewsTexts } = furtherTexts<ViewsCatalogue>({
  en: async () => (await import('./views-en.ts')).viewsEn,
  'zh-CN': async () => (await import('./views-zh-cn.ts')).viewsZhCn,
});
