import { goParseError } from './go-errors.ts';

/** Go's `strconv.ParseInt(text, 10, bits)`, or `strconv.Atoi`, which differs by the `name` in its errors. */
export function parseGoInt(text: string, bits: 32 | 64, name = 'ParseInt'): bigint {
  if (!/^[+-]?[0-9]+$/.test(text)) throw goParseError(name, text, 'invalid syntax');
  const value = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(bits, value) !== value) throw goParseError(name, text, 'value out of range');
  return value;
}

/** Go's `strconv.ParseUint(text, 16, 64)` for at most 16 digits: only its errors, as ids stay text here. */
export function checkGoHex(text: string): void {
  if (!/^[0-9a-f]+$/i.test(text)) throw goParseError('ParseUint', text, 'invalid syntax');
}
