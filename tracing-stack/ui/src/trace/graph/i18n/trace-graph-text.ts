import { furtherTexts } from '../../../i18n/text.ts';
import type { TraceGraphCatalogue } from './trace-graph-en.ts';

export const { text: traceGraphText, load: loadTraceGraphTexts } =
  furtherTexts<TraceGraphCatalogue>({
    en: async () => (await import('./trace-graph-en.ts')).traceGraphEn,
    'zh-CN': async () => (await import('./trace-graph-zh-cn.ts')).traceGraphZhCn,
  });
