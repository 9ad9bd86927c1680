import {
  bytesFromHex,
  type KeyValue,
  type Log,
  parseSpanId,
  parseTraceId,
  type Reference,
  type Span,
} from '@spoor/model';
import { MORE_TAG } from './nested-limit.ts';
import { type TagDocument, WARNING_TAG } from './span-document.ts';
import { type TagFields, tagOfField } from './tag-fields.ts';

/** A document that holds no span. */
export class UnreadableDocument extends Error {}

type Document = Readonly<Record<string, unknown>>;

/**
 * The span in a document of `jaeger-span-…`, ours or Jaeger's, also of the years in which ids had no leading zeros and a
 * parent was a field of its own. Throws `UnreadableDocument`.
 */
export function spanOfDocument(document: unknown, fields: TagFields): Span {
  const source = object(document, 'a span');
  const process = object(source['process'] ?? {}, 'process');
  const exact = exactNumbersOf(source);
  const head = headOfDocument(source);
  const { kept, more } = splitMore(list(source['tags'], 'tags'));
  const tags = [...tagsOf(kept), ...tagsOf(more['tags']), ...fieldTagsOf(source['tag'], fields)];
  return {
    ...head,
    spanId: parseSpanId(text(source, 'spanID')) ?? unreadable('spanID'),
    operationName: text(source, 'operationName'),
    references: withParent(
      referencesOf(source['references']),
      head.traceId,
      source['parentSpanID'],
    ),
    flags: number(exact['flags'] ?? source['flags'] ?? 0, 'flags'),
    tags: tags.filter((tag) => !isWarning(tag)),
    logs: [...list(source['logs'], 'logs'), ...list(more['logs'], 'logs')].map(logOf),
    process: {
      serviceName: text(process, 'serviceName'),
      tags: [
        ...tagsOf(process['tags']),
        ...tagsOf(more['processTags']),
        ...fieldTagsOf(process['tag'], fields),
      ],
    },
    warnings: tags.filter(isWarning).map(({ value }) => String(value)),
  };
}

/** What decides where a match stands among others. */
export type SpanHead = Pick<Span, 'traceId' | 'startTime' | 'duration'>;

/** The fields that `headOfDocument` reads. */
export const HEAD_FIELDS = ['traceID', 'startTime', 'duration', 'spoor'];

/** Throws `UnreadableDocument`. */
export function headOfDocument(document: unknown): SpanHead {
  const source = object(document, 'a span');
  const exact = exactNumbersOf(source);
  return {
    traceId: parseTraceId(text(source, 'traceID')) ?? unreadable('traceID'),
    startTime: number(exact['startTime'] ?? source['startTime'], 'startTime'),
    duration: number(exact['duration'] ?? source['duration'], 'duration'),
  };
}

/** What Jaeger's fields cannot hold. */
function exactNumbersOf(source: Document): Document {
  return object(source['spoor'] ?? {}, 'spoor');
}

function isWarning({ key, type }: KeyValue): boolean {
  return (
    type === 'string' && key.startsWith(WARNING_TAG) && /^\d+$/.test(key.slice(WARNING_TAG.length))
  );
}

/** The tag that carries what did not fit, if there is one: always the last. */
function splitMore(tags: readonly unknown[]): { kept: readonly unknown[]; more: Document } {
  const last = tags.at(-1) as Partial<TagDocument> | null | undefined;
  if (last?.key !== MORE_TAG || last.more === undefined) return { kept: tags, more: {} };
  return { kept: tags.slice(0, -1), more: object(last.more, MORE_TAG) };
}

function referencesOf(value: unknown): Reference[] {
  return list(value, 'references').map((one) => {
    const reference = object(one, 'a reference');
    const refType = text(reference, 'refType');
    if (refType !== 'CHILD_OF' && refType !== 'FOLLOWS_FROM') unreadable('refType');
    return {
      refType,
      traceId: parseTraceId(text(reference, 'traceID')) ?? unreadable('traceID of a reference'),
      spanId: parseSpanId(text(reference, 'spanID')) ?? unreadable('spanID of a reference'),
    } as Reference;
  });
}

/** Jaeger's field for a parent, before it had references. */
function withParent(references: Reference[], traceId: string, parent: unknown): Reference[] {
  if (parent === undefined || parent === '') return references;
  const spanId = (typeof parent === 'string' && parseSpanId(parent)) || unreadable('parentSpanID');
  const isThere = references.some((one) => one.traceId === traceId && one.spanId === spanId);
  return isThere ? references : [{ refType: 'CHILD_OF', traceId, spanId }, ...references];
}

function logOf(value: unknown): Log {
  const log = object(value, 'a log');
  return {
    timestamp: number(log['exact'] ?? log['timestamp'], 'timestamp'),
    fields: tagsOf(log['fields']),
  };
}

function tagsOf(value: unknown): KeyValue[] {
  return list(value, 'tags').map((one) => tagOf(object(one, 'a tag') as Document & TagDocument));
}

function tagOf({ key, type, value, exact }: TagDocument): KeyValue {
  if (typeof key !== 'string' || typeof value !== 'string') return unreadable('a tag');
  if (exact !== undefined) {
    const float = typeof exact === 'string' ? float64(exact) : number(exact, 'exact');
    return { key, type: 'float64', value: float };
  }
  switch (type) {
    case 'string':
      return { key, type, value };
    case 'bool':
      return { key, type, value: value === 'true' };
    case 'int64':
      return { key, type, value: int64(value) };
    case 'float64':
      return { key, type, value: float64(value) };
    case 'binary':
      return { key, type, value: bytesFromHex(value) };
    default:
      return unreadable(`the type of the tag ${key}`);
  }
}

function fieldTagsOf(value: unknown, fields: TagFields): KeyValue[] {
  return Object.entries(object(value ?? {}, 'tag')).map(([name, one]) => {
    const key = fields.keyOf(name);
    return tagOfField(key, one) ?? unreadable(`the field ${name}`);
  });
}

function int64(digits: string): bigint {
  return /^-?\d+$/.test(digits) ? BigInt(digits) : unreadable('an int64');
}

/** As Go prints it: infinity is `+Inf`. The largest is rounded up to more than there is. */
function float64(digits: string): number {
  if (digits === 'NaN') return Number.NaN;
  const [, sign] = /^([+-])Inf$/.exec(digits) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  const value = Number(digits);
  if (digits === '' || Number.isNaN(value)) return unreadable('a float64');
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

function object(value: unknown, what: string): Document {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Document) : unreadable(what);
}

/** Nothing is an empty list: Go writes `null` for one. */
function list(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : unreadable(what);
}

function text(source: Document, name: string): string {
  const value = source[name];
  return typeof value === 'string' ? value : unreadable(name);
}

function number(value: unknown, what: string): number {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : unreadable(what);
}

function unreadable(what: string): never {
  throw new UnreadableDocument(`${what} cannot be read`);
}
