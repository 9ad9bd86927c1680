import { errors, Serializer } from '@elastic/elasticsearch';
import { parse, stringify } from 'lossless-json';

/**
 * A whole number that may not fit in a double: 17 digits or more, or 16 that begin with a 9. Times in microseconds have
 * 16 and begin with a 1. Inside a text it is found too, which costs time and nothing else.
 */
const MAY_BE_LARGE = /[:[,]\s*-?(?:\d{17}|9\d{15})/;

/** Reads JSON as `JSON.parse` does, but whole numbers that a double cannot hold become `bigint`. */
export function parseExactJson(json: string): unknown {
  return MAY_BE_LARGE.test(json) ? parse(json, null, exactNumber) : JSON.parse(json);
}

function exactNumber(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text);
}

/** JSON of a value with `bigint`s, as the whole numbers that they are. A large double gets an exponent, so that it is none. */
export function exactJson(value: unknown): string {
  return stringify(value, null, undefined, [LARGE_DOUBLE]) ?? 'null';
}

const LARGE_DOUBLE = {
  test: (value: unknown) => typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER,
  stringify: (value: unknown) => (value as number).toExponential(),
};

/** The client's serializer, which would round an int64 that stands as a number in a document. */
export class ExactSerializer extends Serializer {
  override deserialize<T = unknown>(json: string): T {
    try {
      return parseExactJson(json) as T;
    } catch (error) {
      // Of any other class the client would take it for a fault of its own.
      throw new errors.DeserializationError((error as Error).message, json);
    }
  }
}
