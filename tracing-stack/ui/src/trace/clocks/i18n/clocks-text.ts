import { furtherTexts } from '../../../i18n/text.ts';
import type { ClocksCatalogue } from './clocks-en.ts';

export const { text: clocksText, load: loadClocksTexts } = furtherTexts<ClocksCatalogue>({
  en: async () => (await import('./clocks-en.ts')).clocksEn,
  'zh-CN': async () => (await import('./clocks-zh-cn.ts')).clocksZhCn,
});
