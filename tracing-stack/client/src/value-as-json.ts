import { types } from 'node:util';
import { floatAsString } from '@spoor/model';
import { reasonOf } from './logger.ts';

/** Told of each part of a value that cannot be written. */
export type OnLost = (reason: string) => void;

/**
 * An object as JSON, with more of it than `JSON.stringify` gives: a `Map` is an object or a list of pairs, a `Set` and
 * bytes are lists, and bigints, symbols, NaN, errors and regular expressions are text. What cannot be written is text in
 * square brackets, and told: `[Circular]`, and `[Unreadable]` for what throws. As in `JSON.stringify`, `toJSON` goes
 * first, and functions and `undefined` say nothing. Throws nothing but what a full stack throws.
 */
export function valueAsJson(value: object, onLost: OnLost): string {
  return new JsonWriter(onLost).member({ '': value }, '') ?? NOTHING;
}

const NOTHING = 'null';
const CIRCULAR = '"[Circular]"';
const UNREADABLE = '"[Unreadable]"';

class JsonWriter {
  private readonly onLost: OnLost;
  /** The objects inside which the one being written lies. */
  private readonly above = new Set<object>();

  constructor(onLost: OnLost) {
    this.onLost = onLost;
  }

  /** `undefined` for what JSON leaves out. */
  member(holder: object, key: string): string | undefined {
    try {
      return this.text((holder as Record<string, unknown>)[key], key);
    } catch (cause) {
      this.onLost(`${key || 'the value'} cannot be read: ${reasonOf(cause)}`);
      return UNREADABLE;
    }
  }

  private text(value: unknown, key: string): string | undefined {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : JSON.stringify(floatAsString(value));
      case 'boolean':
        return String(value);
      case 'bigint':
      case 'symbol':
        return JSON.stringify(String(value));
      case 'object':
        return value === null ? NOTHING : this.object(value, key);
      default:
        return undefined;
    }
  }

  private object(value: object, key: string): string | undefined {
    if (this.above.has(value)) {
      this.onLost('it contains itself');
      return CIRCULAR;
    }
    this.above.add(value);
    try {
      return this.parts(value, key);
    } finally {
      this.above.delete(value);
    }
  }

  private parts(value: object, key: string): string | undefined {
    // The intrinsic method, since a Date may carry any other; and toJSON says null of an invalid one.
    if (types.isDate(value)) return JSON.stringify(dateText(value));
    const replaced = this.replaced(value, key);
    if (replaced !== value) return this.text(replaced, key);
    if (types.isBoxedPrimitive(value)) return this.text(value.valueOf(), key);
    if (types.isNativeError(value)) return this.ownText(value);
    if (types.isMap(value)) return this.map(value);
    if (types.isSet(value)) return this.list([...value]);
    if (types.isAnyArrayBuffer(value)) return this.list([...new Uint8Array(value)]);
    if (types.isTypedArray(value)) return this.list([...value]);
    if (types.isDataView(value)) return this.list([...bytesOfView(value)]);
    if (Array.isArray(value)) return this.list(value);
    const keys = Object.keys(value);
    return keys.length === 0 && !isPlain(value) ? this.ownText(value) : this.fields(value, keys);
  }

  /** What `toJSON` gives; the value itself without one, or if it throws: its fields may still be read. */
  private replaced(value: object, key: string): unknown {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON !== 'function') return value;
    try {
      return toJSON.call(value, key);
    } catch (cause) {
      this.onLost(`toJSON throws: ${reasonOf(cause)}`);
      return value;
    }
  }

  private list(values: readonly unknown[]): string {
    const texts: string[] = [];
    for (const index of values.keys()) texts.push(this.member(values, String(index)) ?? NOTHING);
    return `[${texts.join()}]`;
  }

  private fields(value: object, keys: readonly string[]): string {
    const texts: string[] = [];
    for (const key of keys) {
      const text = this.member(value, key);
      if (text !== undefined) texts.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${texts.join()}}`;
  }

  /** An object where every key has a name of its own, else a list of pairs. */
  private map(value: ReadonlyMap<unknown, unknown>): string {
    const pairs = [...value];
    const names = new Set(pairs.map(([key]) => (isNameable(key) ? String(key) : undefined)));
    if (names.has(undefined) || names.size < pairs.length) return this.list(pairs);
    // Without a prototype, so that __proto__ is a key like others.
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, each] of pairs) object[String(key)] = each;
    return this.fields(object, [...(names as Set<string>)]);
  }

  /** Of an error, or an object without fields: a regular expression, say, or a promise, of which nothing can be told. */
  private ownText(value: object): string {
    const text = String(value);
    if (/^\[object .*\]$/.test(text)) this.onLost(`nothing of ${text} can be read`);
    return JSON.stringify(text);
  }
}

/** The time of day in ISO's words, or `Invalid Date`. */
export function dateText(date: Date): string {
  const isValid = !Number.isNaN(Date.prototype.getTime.call(date));
  return isValid ? Date.prototype.toISOString.call(date) : 'Invalid Date';
}

export function bytesOfView({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function isNameable(key: unknown): boolean {
  return key === null || !['object', 'function', 'symbol'].includes(typeof key);
}

/** Whether it was written as `{…}`, in whatever realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
