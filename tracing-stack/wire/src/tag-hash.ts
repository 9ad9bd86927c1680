import { type KeyValue, valueAsString } from '@spoor/model';

/** 32 bits (FNV-1a) over the UTF-8 of key, a zero byte, and `valueAsString`. Equal tags have equal hashes. */
export function tagHash(tag: KeyValue): number {
  return tagTextHash(tag.key, valueAsString(tag));
}

/** `tagHash` of a tag given as texts, as a search gives it. */
export function tagTextHash(key: string, value: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${key}\0${value}`, 'utf8')) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
