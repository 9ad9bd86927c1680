import { CarrierError } from './codec.ts';
import type { TextReader } from './text-propagator.ts';

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
 * Shows the entries of a carrier to `readers`, their keys in lower case: of a `TextMapReader`, of something that iterates
 * over pairs (`Headers`, `Map`), or of any other object its own properties (`request.headers` of node:http).
 */
export function showEntries(carrier: object, readers: readonly TextReader[]): void {
  if (isReader(carrier)) carrier.foreachKey((key, value) => show(readers, key, value));
  else if (isPairs(carrier)) for (const [key, value] of carrier) show(readers, key, value);
  else {
    const properties = carrier as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(properties)) show(readers, key, properties[key]);
  }
}

function show(readers: readonly TextReader[], key: unknown, value: unknown): void {
  const seen = String(key).toLowerCase();
  for (const reader of readers) reader.see(seen, value);
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
