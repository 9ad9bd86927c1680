import { furtherTexts } from '../../../i18n/text.ts';
import type { ToolsCatalogue } from './tools-en.ts';

export const { text: toolsText, load: loadToolsTexts } = furtherTexts<ToolsCatalogue>({
  en: async () => (await import('./tools-en.ts')).toolsEn,
  'zh-CN': async () => (await import('./tools-zh-cn.ts')).toolsZhCn,
});
