import { createHash } from 'node:crypto';
import { type Span, valueAsString } from '@spoor/model';
import type { IndexOptions } from '../store-options.ts';

/** Under which key and value a tag stands in `tag_index`. */
export interface IndexedTag {
  readonly key: string;
  readonly value: string;
}

/** Bytes of a key and of a value that Jaeger no longer indexes. */
const TOO_LONG = 256;

/** The key under which stand the tags that Jaeger leaves out, each by the hash of its key and value. */
export const HASHED_KEY = 'spoor.hashed';

/** Flag of a span that asks for as little index as can be. */
export const FLAG_FIREHOSE = 8;

/** How a tag is found that a search asks for: by itself or, where Jaeger does not index such, by its hash. */
export function indexedTag(key: string, value: string): IndexedTag {
  return isIndexedByJaeger(key, value)
    ? { key, value }
    : { key: HASHED_KEY, value: hash(key, value) };
}

/** What is indexed of a span, each tag once: of its own tags, its process's and its logs'. */
export function indexedTags(span: Span, options: IndexOptions): IndexedTag[] {
  if (span.flags & FLAG_FIREHOSE) return [];
  const all = [
    ...(options.processTags ? span.process.tags : []),
    ...(options.tags ? span.tags : []),
    ...(options.logs ? span.logs.flatMap(({ fields }) => fields) : []),
  ];
  return all
    .filter(({ key }) => isChosen(key, options))
    .map((tag) => indexedTag(tag.key, valueAsString(tag)));
}

function isChosen(key: string, { blacklist, whitelist }: IndexOptions): boolean {
  return !blacklist.includes(key) && (whitelist.length === 0 || whitelist.includes(key));
}

function isIndexedByJaeger(key: string, value: string): boolean {
  return !isLong(key) && !isLong(value) && !isJson(value);
}

function isLong(text: string): boolean {
  return text.length >= TOO_LONG || Buffer.byteLength(text) >= TOO_LONG;
}

function isJson(value: string): boolean {
  if (!value.startsWith('{')) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function hash(key: string, value: string): string {
  return createHash('sha256')
    .update(JSON.stringify([key, value]))
    .digest('hex');
}
