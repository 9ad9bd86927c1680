import { DecodeError } from '../decode-error.ts';

/** What may come next in the text. */
type Expected = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end';

/**
 * Throws a `DecodeError` that says where and why JSON text is broken, with the words of Go's `encoding/json` as its
 * `reason`; does nothing if it is whole. Only these words are found here: others read what is whole.
 */
export function checkJsonSyntax(text: string): void {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const char = text[at] as string;
    const inObject = open.at(-1) === '{';
    const close = inObject ? '}' : ']';
    if (char === close && /Close$/.test(expected) && open.length > 0) {
      open.pop();
      expected = open.length === 0 ? 'end' : 'commaOrClose';
      at++;
    } else {
      switch (expected) {
        case 'end':
          throw invalid(text, at, 'after top-level value');
        case 'colon':
          if (char !== ':') throw invalid(text, at, 'after object key');
          expected = 'value';
          at++;
          break;
        case 'commaOrClose':
          if (char !== ',')
            throw invalid(
              text,
              at,
              inObject ? 'after object key:value pair' : 'after array element',
            );
          expected = inObject ? 'key' : 'value';
          at++;
          break;
        case 'key':
        case 'keyOrClose':
          if (char !== '"') throw invalid(text, at, 'looking for beginning of object key string');
          at = stringEnd(text, at);
          expected = 'colon';
          break;
        default:
          if (char === '{' || char === '[') {
            open.push(char);
            expected = char === '{' ? 'keyOrClose' : 'valueOrClose';
            at++;
          } else {
            at = scalarEnd(text, at);
            expected = open.length === 0 ? 'end' : 'commaOrClose';
          }
      }
    }
    at = skipSpace(text, at);
  }
  if (expected !== 'end') throw ended(text);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at++;
  return at;
}

function scalarEnd(text: string, at: number): number {
  const char = text[at] as string;
  if (char === '"') return stringEnd(text, at);
  if (/[-0-9]/.test(char)) return numberEnd(text, at);
  const literal = ['true', 'false', 'null'].find((word) => word[0] === char);
  if (literal === undefined) throw invalid(text, at, 'looking for beginning of value');
  for (let i = 1; i < literal.length; i++) {
    const expecting = `in literal ${literal} (expecting '${literal[i]}')`;
    if (text[at + i] !== literal[i]) throw invalid(text, at + i, expecting);
  }
  return at + literal.length;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const char = text[at];
    if (char === undefined) throw ended(text);
    if (char === '"') return at + 1;
    if (char < ' ') throw invalid(text, at, 'in string literal');
    if (char !== '\\') continue;
    at++;
    if (text[at] === 'u') {
      for (let digits = 0; digits < 4; digits++) {
        at++;
        if (!/^[0-9a-f]$/i.test(text[at] ?? ''))
          throw invalid(text, at, 'in \\u hexadecimal character escape');
      }
    } else if (!/^["\\/bfnrt]$/.test(text[at] ?? '')) {
      throw invalid(text, at, 'in string escape code');
    }
  }
}

function numberEnd(text: string, start: number): number {
  const isDigit = (at: number) => /^[0-9]$/.test(text[at] ?? '');
  function digits(from: number, context: string): number {
    let at = from;
    if (!isDigit(at)) throw invalid(text, at, context);
    while (isDigit(at)) at++;
    return at;
  }
  let at = text[start] === '-' ? start + 1 : start;
  at = text[at] === '0' ? at + 1 : digits(at, 'in numeric literal');
  if (text[at] === '.') at = digits(at + 1, 'after decimal point in numeric literal');
  if (/^[eE]$/.test(text[at] ?? '')) {
    const sign = /^[+-]$/.test(text[at + 1] ?? '') ? 1 : 0;
    at = digits(at + 1 + sign, 'in exponent of numeric literal');
  }
  return at;
}

function ended(text: string): DecodeError {
  return new DecodeError('truncated', Buffer.byteLength(text), 'unexpected end of JSON input');
}

/** Go names the byte at which it stopped, so of a character beyond ASCII the first byte. */
function invalid(text: string, at: number, context: string): DecodeError {
  const char = text[at];
  if (char === undefined) return ended(text);
  const byte = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0))[0] ?? 0;
  const shown =
    char === "'"
      ? "\\'"
      : char === '"'
        ? '"'
        : JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
  const offset = Buffer.byteLength(text.slice(0, at));
  return new DecodeError('bad-message', offset, `invalid character '${shown}' ${context}`);
}
