import { types } from 'node:util';
import { floatAsString, type KeyValue } from '@spoor/model';
import { reasonOf } from './logger.ts';
import type { Losses } from './losses.ts';
import { bytesOfView, dateText, valueAsJson } from './value-as-json.ts';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** The tags or log fields of an object, in the order of its keys. What cannot be read of it is left out, and told. */
export function keyValuesOf(values: unknown, losses: Losses): KeyValue[] {
  const keyValues: KeyValue[] = [];
  for (const key of keysOf(values, losses)) {
    try {
      const value = (values as Record<string, unknown>)[key];
      keyValues.push(keyValueOf(key, value, losses));
    } catch (cause) {
      losses.badArgument(`${key}, which cannot be read (${reasonOf(cause)}), was left out`);
    }
  }
  return keyValues;
}

function keysOf(values: unknown, losses: Losses): readonly string[] {
  if (values === undefined || values === null) return [];
  if (typeof values === 'object' || typeof values === 'function') {
    try {
      return Object.keys(values);
    } catch (cause) {
      losses.badArgument(`an object that cannot be read (${reasonOf(cause)}) was left out`);
      return [];
    }
  }
  losses.badArgument(`a ${typeof values} in the place of an object was left out`);
  return [];
}

/**
 * Gives a JavaScript value its type on the wire: whole numbers int64, as from a Go program (npm jaeger-client sends
 * every number as a double), other numbers float64. NaN and the infinities become text: as doubles they make the real
 * jaeger-query fail every search that meets them. Bytes are binary, and other objects JSON. Never throws.
 */
export function keyValueOf(key: string, value: unknown, losses: Losses): KeyValue {
  switch (typeof value) {
    case 'string':
      return { key, type: 'string', value };
    case 'boolean':
      return { key, type: 'bool', value };
    case 'number':
      if (Number.isSafeInteger(value)) return { key, type: 'int64', value: BigInt(value) };
      if (!Number.isFinite(value)) return { key, type: 'string', value: floatAsString(value) };
      return { key, type: 'float64', value };
    case 'bigint':
      if (value > INT64_MAX || value < INT64_MIN) return { key, type: 'string', value: `${value}` };
      return { key, type: 'int64', value };
    case 'undefined':
      // As Go has it when a baggage item that is not there becomes a tag.
      return { key, type: 'string', value: '' };
    default: {
      const bytes = bytesOf(value);
      if (bytes) return { key, type: 'binary', value: bytes };
      return { key, type: 'string', value: textOf(key, value, losses) };
    }
  }
}

/** A copy: the owner may fill its buffer again before the span is sent. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (types.isUint8Array(value)) return new Uint8Array(value);
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(new Uint8Array(value));
  return types.isDataView(value) ? new Uint8Array(bytesOfView(value)) : undefined;
}

/** Text for anything else, whatever its own conversions throw: a tag never breaks the application. */
function textOf(key: string, value: unknown, losses: Losses): string {
  let lost: string | undefined;
  let text = '[Unreadable]';
  try {
    if (types.isDate(value)) text = dateText(value);
    else if (typeof value !== 'object' || value instanceof Error) text = String(value);
    else if (value === null) text = 'null';
    else {
      const json = valueAsJson(value, (reason) => {
        lost ??= reason;
      });
      // What is but a text needs no quotes: a URL, a regular expression, an id that has a toJSON.
      text = json.startsWith('"') ? JSON.parse(json) : json;
    }
  } catch (cause) {
    // More objects in each other than the stack holds, or an error that does not tell itself.
    lost = reasonOf(cause);
  }
  if (lost !== undefined) losses.reducedValue(key, lost);
  return text;
}
