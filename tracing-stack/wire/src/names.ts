import { TextCache } from './text-cache.ts';

/** What comes with every span: operations, services, tag keys, kinds. */
export const names = new TextCache(4096);

/** Keys of tags whose values an index tells. */
export const SPAN_KIND = Buffer.from('span.kind', 'latin1');
export const SAMPLER_TYPE = Buffer.from('sampler.type', 'latin1');
export const CLIENT_UUID = Buffer.from('client-uuid', 'latin1');

/** Whether bytes `start` to `end` spell `word`. */
export function spells(word: Buffer, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) {
    if (bytes[start + i] !== word[i]) return false;
  }
  return true;
}
