import { TextCache } from './text-cache.ts';

/** What comes with every span: operations, services, tag keys, kinds. */
export const names = new TextCache(4096);

const SPAN_KIND = Buffer.from('span.kind', 'latin1');

/** Whether bytes `start` to `end` spell `span.kind`. */
export function isSpanKind(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== SPAN_KIND.length) return false;
  for (let i = 0; i < SPAN_KIND.length; i++) {
    if (bytes[start + i] !== SPAN_KIND[i]) return false;
  }
  return true;
}
