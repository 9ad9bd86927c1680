import { furtherTexts } from '../../i18n/text.ts';
import type { KeysCatalogue } from './keys-en.ts';

export const { text: keysText, load: loadKeysTexts } = furtherTexts<KeysCatalogue>({
  en: async () => (await import('./keys-en.ts')).keysEn,
  'zh-CN': async () => (await import('./keys-zh-cn.ts')).keysZhCn,
});
