import { percentDecode, percentEncode } from './percent.ts';

/** Each baggage item travels under a key of its own: this prefix, then the item's name. */
export const BAGGAGE_PREFIX = 'uberctx-';

/** A baggage value as an HTTP header carries it: percent-encoded UTF-8. */
export function encodeBaggageValue(value: string): string {
  return percentEncode(value);
}

/**
 * Reads a baggage value out of an HTTP header. A `+` is a space: jaeger-client-go and -java write one for a space and
 * `%2B` for a plus, -node and -python write `%20` and `%2B`. A value that is no valid encoding is kept as it came.
 */
export function decodeBaggageValue(text: string): string {
  return percentDecode(text.replaceAll('+', ' ')) ?? text;
}

/** The key under which a person without a trace sends baggage: `name=value, name=value`. */
export const JAEGER_BAGGAGE_KEY = 'jaeger-baggage';

/**
 * Reads the value of `jaeger-baggage`, encoded item by item or, as Jaeger's clients expect it, as a whole. Parts that
 * are no pair are left out.
 */
export function parseJaegerBaggage(text: string): [string, string][] {
  const isEncodedAsWhole = !text.includes('=');
  const items = isEncodedAsWhole ? decodeBaggageValue(text) : text;
  return items.split(',').flatMap((item): [string, string][] => {
    const equals = item.indexOf('=');
    const name = item.slice(0, Math.max(equals, 0)).trim();
    const value = item.slice(equals + 1).trim();
    if (name === '') return [];
    return [[name.toLowerCase(), isEncodedAsWhole ? value : decodeBaggageValue(value)]];
  });
}
