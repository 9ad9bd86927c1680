import { furtherTexts } from '../../i18n/text.ts';
import type { MonitorCatalogue } from './monitor-en.ts';

export const { text: monitorText, load: loadMonitorTexts } = furtherTexts<MonitorCatalogue>({
  en: async () => (await import('./monitor-en.ts')).monitorEn,
  'zh-CN': async () => (await import('./monitor-zh-cn.ts')).monitorZhCn,
});
