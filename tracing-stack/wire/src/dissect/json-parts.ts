import { DecodeError } from '../decode-error.ts';
import type { Role } from './part.ts';
import type { PartList } from './part-list.ts';
import type { Structure } from './structure.ts';
import { shortened } from './value-text.ts';

const MAX_DEPTH = 64;

/** Which objects are spans, and which of their members say who they are. */
export interface JsonSpans {
  /** The member whose array holds them; `''` for the array that stands alone. */
  readonly in: string;
  readonly roles: Readonly<Record<string, Role>>;
}

/** Zipkin's, of both versions. */
export const ZIPKIN_JSON: JsonSpans = {
  in: '',
  roles: { traceId: 'traceId', id: 'spanId', parentId: 'parentId' },
};

/** OTLP's. */
export const OTLP_JSON: JsonSpans = {
  in: 'spans',
  roles: { traceId: 'traceId', spanId: 'spanId', parentSpanId: 'parentId', flags: 'flags' },
};

const SPAN: Structure = { name: 'Span', is: 'span', fields: {} };

/** Adds the parts of a JSON text. Throws `DecodeError` where it is none. */
export function jsonParts(list: PartList, bytes: Buffer, spans: JsonSpans): void {
  const reader = new JsonParts(list, bytes, spans);
  reader.value({ name: '', start: reader.blank() });
}

interface Place {
  readonly name: string;
  /** Where its key begins, or where it begins itself in an array. */
  readonly start: number;
  /** The array that it stands in. */
  readonly array?: string;
  /** It is a member of a span. */
  readonly ofSpan?: boolean;
}

class JsonParts {
  private readonly list: PartList;
  private readonly bytes: Buffer;
  private readonly spans: JsonSpans;
  private offset = 0;

  constructor(list: PartList, bytes: Buffer, spans: JsonSpans) {
    this.list = list;
    this.bytes = bytes;
    this.spans = spans;
  }

  /** Passes over white space. */
  blank(): number {
    while (this.offset < this.bytes.length && (this.bytes[this.offset] as number) <= 0x20)
      this.offset++;
    return this.offset;
  }

  value(place: Place): void {
    const { name, start } = place;
    this.blank();
    const first = this.letter();
    if (first !== '{' && first !== '[') {
      this.scalar(place, first);
      return;
    }
    if (this.list.depth >= MAX_DEPTH) throw this.bad('it is nested too deep');
    const isSpan = first === '{' && place.array === this.spans.in;
    const type = first === '[' ? 'array' : isSpan ? 'Span' : 'object';
    this.list.nest({ name, start, type }, () => {
      this.offset++;
      if (first === '[') this.elements(name);
      else this.list.structure(isSpan ? SPAN : undefined, () => this.members(isSpan));
      return this.offset;
    });
  }

  private elements(array: string): void {
    for (let i = 0; !this.closes(']'); i++) {
      this.value({ name: `[${i}]`, start: this.blank(), array });
      this.separator(']');
    }
  }

  private members(ofSpan: boolean): void {
    while (!this.closes('}')) {
      const start = this.blank();
      const name = this.text();
      this.blank();
      if (this.letter() !== ':') throw this.bad('a colon is missing');
      this.offset++;
      this.value({ name, start, ofSpan });
      this.separator('}');
    }
  }

  private scalar({ name, start, ofSpan = false }: Place, first: string): void {
    const isText = first === '"';
    const valueStart = this.offset;
    const said = isText ? this.text() : this.word();
    const role = ofSpan ? this.spans.roles[name] : undefined;
    if (role === 'flags') this.list.flag(Number(said));
    else if (role) this.list.identify(role, said);
    if (ofSpan && name === 'debug' && said === 'true') this.list.flag(3);
    const type = isText
      ? 'string'
      : /^[tf]/.test(said)
        ? 'boolean'
        : said === 'null'
          ? said
          : 'number';
    if (this.list.isFull) return;
    this.list.add({
      name,
      start,
      valueStart,
      end: this.offset,
      type,
      value: shortened(said),
      ...(role && { role }),
    });
  }

  /** A string, without its quotes and escapes. */
  private text(): string {
    const start = this.offset;
    if (this.letter() !== '"') throw this.bad('a quote is missing');
    this.offset++;
    for (let letter = this.letter(); letter !== '"'; letter = this.letter()) {
      if (letter === '') throw this.bad('a text does not end');
      this.offset += letter === '\\' ? 2 : 1;
    }
    this.offset++;
    const quoted = this.bytes.toString('utf8', start, this.offset);
    try {
      return JSON.parse(quoted) as string;
    } catch (error) {
      // Such as a line break in a text, which Go's reader takes.
      if (error instanceof SyntaxError) return quoted.slice(1, -1);
      throw error;
    }
  }

  private word(): string {
    const start = this.offset;
    while (/[\w.+-]/.test(this.letter())) this.offset++;
    if (this.offset === start) throw this.bad('a value is missing');
    return this.bytes.toString('latin1', start, this.offset);
  }

  private closes(bracket: string): boolean {
    this.blank();
    if (this.letter() !== bracket) return false;
    this.offset++;
    return true;
  }

  private separator(bracket: string): void {
    this.blank();
    if (this.letter() === ',') this.offset++;
    else if (this.letter() !== bracket) throw this.bad('a comma is missing');
  }

  /** `''` at the end. */
  private letter(): string {
    const byte = this.bytes[this.offset];
    return byte === undefined ? '' : String.fromCharCode(byte);
  }

  private bad(message: string): DecodeError {
    return new DecodeError('bad-message', this.offset, message);
  }
}
