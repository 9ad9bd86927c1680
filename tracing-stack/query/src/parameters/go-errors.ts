/** A parameter that cannot be read; the message is the one that Go's standard library gives in Jaeger. */
export class ParameterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ParameterError';
  }
}

/** The error of one of Go's `strconv` functions. */
export function goParseError(
  name: string,
  text: string,
  reason: 'invalid syntax' | 'value out of range',
): ParameterError {
  return new ParameterError(`strconv.${name}: parsing ${goQuote(text)}: ${reason}`);
}

/** Characters that Go prints as they are. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Text in double quotes as Go's `strconv.Quote` writes it: what cannot be seen is escaped. */
export function goQuote(text: string): string {
  return `"${Array.from(text, quoted).join('')}"`;
}

function quoted(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  if (PRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).padStart(digits, '0');
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`;
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
