import { CarrierError } from './codec.ts';

/** Something that inject can write to: a gRPC metadata wrapped so, `Headers` of fetch, a `Map`. */
export interface TextMapWriter {
  set(key: string, value: string): void;
}

/** Something that extract can read from. */
export interface TextMapReader {
  foreachKey(handler: (key: string, value: string) => void): void;
}

/**
 * Writes one entry into a carrier: a `TextMapWriter`, a list of pairs, or any other object, whose properties are then
 * set.
 */
export function writeEntry(carrier: object, key: string, value: string): void {
  if (isWriter(carrier)) carrier.set(key, value);
  else if (Array.isArray(carrier)) carrier.push([key, value]);
  else (carrier as Record<string, string>)[key] = value;
}

/**
 * The entries of a carrier: a `TextMapReader`, something that iterates over pairs (`Headers`, `Map`), or any other
 * object, whose own properties are then read (`request.headers` of node:http).
 */
export function entriesOf(carrier: object): Iterable<readonly [string, unknown]> {
  if (isReader(carrier)) {
    const entries: [string, unknown][] = [];
    carrier.foreachKey((key, value) => entries.push([key, value]));
    return entries;
  }
  return isPairs(carrier) ? carrier : Object.entries(carrier);
}

/** Throws `CarrierError` for what can hold nothing. */
export function asCarrier(carrier: unknown): object {
  if (typeof carrier === 'object' && carrier !== null) return carrier;
  throw new CarrierError('not-a-carrier', `a carrier is an object, not ${String(carrier)}`);
}

function isWriter(carrier: object): carrier is TextMapWriter {
  return typeof (carrier as Partial<TextMapWriter>).set === 'function';
}

function isReader(carrier: object): carrier is TextMapReader {
  return typeof (carrier as Partial<TextMapReader>).foreachKey === 'function';
}

function isPairs(carrier: object): carrier is Iterable<readonly [string, unknown]> {
  return Symbol.iterator in carrier;
}

/** The last of several values counts, as for jaeger-client-go: a service in between may have appended its own. */
export function lastText(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined || last === null ? undefined : String(last);
}

/** All of several values, for headers that may come in parts. */
export function joinedText(value: unknown): string | undefined {
  return Array.isArray(value) ? value.join(',') : lastText(value);
}
