import { goQuote, ParameterError } from './go-errors.ts';

/** Go's `strconv.ParseInt(text, 10, bits)`. */
export function parseGoInt(text: string, bits: 32 | 64): bigint {
  if (!/^[+-]?[0-9]+$/.test(text))
    throw new ParameterError(message('ParseInt', text, 'invalid syntax'));
  const value = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(bits, value) !== value)
    throw new ParameterError(message('ParseInt', text, 'value out of range'));
  return value;
}

/** Go's `strconv.ParseUint(text, 16, 64)` for at most 16 digits: only its errors, as ids stay text here. */
export function checkGoHex(text: string): void {
  if (!/^[0-9a-f]+$/i.test(text))
    throw new ParameterError(message('ParseUint', text, 'invalid syntax'));
}

/** Go's `strconv.ParseBool`; what is no boolean counts as false, as Jaeger takes `raw`. */
export function isGoTrue(text: string): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text);
}

function message(name: string, text: string, reason: string): string {
  return `strconv.${name}: parsing ${goQuote(text)}: ${reason}`;
}
