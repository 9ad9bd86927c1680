import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import { names } from '../names.ts';
import { utf8Text } from '../utf8-text.ts';

/** Objects and lists within each other. OTLP's attributes are the deepest that we read, three of them a level. */
const MAX_DEPTH = 256;

/** Ten bytes before and behind an error are shown, and fifty around those: what Jaeger's reader shows. */
const NEAR = 10;
const AROUND = 50;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What stands next. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/**
 * Reads JSON from one buffer, value after value, straight into what the caller makes of it: numbers keep all their
 * digits, and an error has its offset. Throws `DecodeError` and nothing else.
 */
export class JsonReader {
  readonly bytes: Buffer;
  offset = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The kind of the next value, which stays unread. */
  kind(): JsonKind {
    const byte = this.next();
    switch (byte) {
      case 0x7b:
        return 'object';
      case 0x5b:
        return 'array';
      case QUOTE:
        return 'string';
      case 0x74:
      case 0x66:
        return 'boolean';
      case 0x6e:
        return 'null';
      default:
        if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return 'number';
        this.offset++;
        throw this.unexpected('ReadValue', 'a value');
    }
  }

  /** Calls `member` with each key; it must read the value, or skip it. A null is an object without members. */
  object(member: (key: string) => void): void {
    if (this.nothing()) return;
    this.enter(0x7b, 'ReadObjectCB', '{');
    if (this.take(0x7d)) {
      this.depth--;
      return;
    }
    do {
      if (this.next() !== QUOTE) {
        this.offset++;
        throw this.unexpected('ReadObjectCB', '" after {');
      }
      const key = this.string();
      if (!this.take(0x3a)) throw this.unexpectedNext('ReadObjectCB', ': after object field');
      member(key);
    } while (this.take(0x2c));
    if (!this.take(0x7d)) throw this.unexpectedNext('ReadObjectCB', ', or } behind a member');
    this.depth--;
  }

  /** Calls `element` before each element, which it must read or skip. A null is an empty list. */
  array(element: () => void): void {
    if (this.nothing()) return;
    this.enter(0x5b, 'ReadArrayCB', '[');
    if (this.take(0x5d)) {
      this.depth--;
      return;
    }
    do element();
    while (this.take(0x2c));
    if (!this.take(0x5d)) throw this.unexpectedNext('ReadArrayCB', ', or ] behind an element');
    this.depth--;
  }

  /** A string; a null is an empty one. A byte that belongs to no character becomes U+FFFD. */
  string(): string {
    if (this.nothing()) return '';
    if (this.next() !== QUOTE) throw this.unexpectedNext('ReadString', '" of a string');
    const start = ++this.offset;
    const { bytes } = this;
    let hasEscapes = false;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) {
        this.offset = at + 1;
        return hasEscapes ? this.unescaped(start, at) : names.text(bytes, start, at);
      }
      if (byte === BACKSLASH) {
        hasEscapes = true;
        at++;
      } else if (byte < 0x20) {
        this.offset = at + 1;
        throw this.error('bad-message', 'ReadString', 'a control character in a string');
      }
    }
    throw this.ended();
  }

  boolean(): boolean {
    const value = this.next() === 0x74;
    this.literal(value ? 'true' : 'false');
    return value;
  }

  /** A number as it is written. */
  number(): string {
    const { bytes } = this;
    this.next();
    const start = this.offset;
    const text = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(
      bytes.toString('latin1', start, Math.min(bytes.length, start + MAX_NUMBER)),
    )?.[0];
    if (text === undefined) {
      // What is cut off after its sign is no number yet.
      if (start + 1 === bytes.length) throw this.ended();
      throw this.unexpectedNext('ReadNumber', 'a number');
    }
    this.offset = start + text.length;
    return text;
  }

  /** Passes over the next value, whatever it is. */
  skip(): void {
    switch (this.kind()) {
      case 'object':
        this.object(() => this.skip());
        return;
      case 'array':
        this.array(() => this.skip());
        return;
      case 'string':
        this.string();
        return;
      case 'number':
        this.number();
        return;
      case 'boolean':
        this.boolean();
        return;
      case 'null':
        this.nothing();
    }
  }

  /** The next value as it is written, passed over. */
  raw(): string {
    this.next();
    const start = this.offset;
    this.skip();
    return utf8Text(this.bytes, start, this.offset);
  }

  /** Refuses anything behind the value that was read. */
  end(): void {
    this.space();
    if (this.offset < this.bytes.length) {
      this.offset++;
      throw this.unexpected('End', 'nothing behind the value');
    }
  }

  /** Passes over a null if one stands here. */
  nothing(): boolean {
    if (this.next() !== 0x6e) return false;
    this.literal('null');
    return true;
  }

  /** An error at what was read last, in the form that Jaeger's reader of JSON gives it. */
  error(code: DecodeErrorCode, operation: string, message: string): DecodeError {
    const { bytes, offset } = this;
    const from = Math.max(0, offset - NEAR);
    const text = (before: number) =>
      bytes.toString('utf8', Math.max(0, offset - before), offset + before);
    const where = `error found in #${offset - from} byte of ...|${text(NEAR)}|..., bigger context ...|${text(AROUND)}|...`;
    return new DecodeError(code, offset, `${operation}: ${message}, ${where}`);
  }

  /** An error at what was read last, with its reason alone. */
  plainError(code: DecodeErrorCode, reason: string): DecodeError {
    return new DecodeError(code, this.offset, reason);
  }

  private unescaped(start: number, end: number): string {
    const text = utf8Text(this.bytes, start, end);
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      throw this.error('bad-message', 'ReadString', 'a bad escape in a string');
    }
  }

  private literal(word: string): void {
    const { bytes, offset } = this;
    const end = offset + word.length;
    if (bytes.toString('latin1', offset, end) !== word) {
      if (word.startsWith(bytes.toString('latin1', offset, end))) throw this.ended();
      throw this.unexpectedNext('ReadLiteral', word);
    }
    this.offset = end;
  }

  private enter(bracket: number, operation: string, name: string): void {
    if (!this.take(bracket)) throw this.unexpectedNext(operation, name);
    if (++this.depth > MAX_DEPTH) throw this.error('too-deep', operation, 'exceeded max depth');
  }

  private take(byte: number): boolean {
    if (this.next() !== byte) return false;
    this.offset++;
    return true;
  }

  /** The byte that stands next, behind white space. */
  private next(): number {
    this.space();
    const byte = this.bytes[this.offset];
    if (byte === undefined) throw this.ended();
    return byte;
  }

  private space(): void {
    const { bytes } = this;
    let { offset } = this;
    for (;;) {
      const byte = bytes[offset];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      offset++;
    }
    this.offset = offset;
  }

  private unexpectedNext(operation: string, expected: string): DecodeError {
    this.offset++;
    return this.unexpected(operation, expected);
  }

  /** About the byte that was read last. */
  private unexpected(operation: string, expected: string): DecodeError {
    const found = String.fromCharCode(this.bytes[this.offset - 1] ?? 0);
    return this.error('bad-message', operation, `expect ${expected}, but found ${found}`);
  }

  private ended(): DecodeError {
    this.offset = this.bytes.length;
    return this.error('truncated', 'Read', 'unexpected end of JSON input');
  }
}

/** Longer numbers mean nothing to anybody; the rest of one is no JSON then. */
const MAX_NUMBER = 400;
