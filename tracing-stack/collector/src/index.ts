export { type SpanProcessor, spanProcessor } from './span-processor.ts';
