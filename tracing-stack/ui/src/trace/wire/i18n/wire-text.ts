import { furtherTexts } from '../../../i18n/text.ts';
import type { WireCatalogue } from './wire-en.ts';

export const { text: wireText, load: loadWireTexts } = furtherTexts<WireCatalogue>({
  en: async () => (await import('./wire-en.ts')).wireEn,
  'zh-CN': async () => (await import('./wire-zh-cn.ts')).wireZhCn,
});
