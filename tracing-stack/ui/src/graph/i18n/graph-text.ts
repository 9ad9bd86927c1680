import { furtherTexts } from '../../i18n/text.ts';
import type { GraphCatalogue } from './graph-en.ts';

export const { text: graphText, load: loadGraphTexts } = furtherTexts<GraphCatalogue>({
  en: async () => (await import('./graph-en.ts')).graphEn,
  'zh-CN': async () => (await import('./graph-zh-cn.ts')).graphZhCn,
});
