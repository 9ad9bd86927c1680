import { furtherTexts } from '../../../i18n/text.ts';
import type { TableCatalogue } from './table-en.ts';

export const { text: tableText, load: loadTableTexts } = furtherTexts<TableCatalogue>({
  en: async () => (await import('./table-en.ts')).tableEn,
  'zh-CN': async () => (await import('./table-zh-cn.ts')).tableZhCn,
});
