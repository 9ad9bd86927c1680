import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { randomText, seededRandom } from '../testkit/index.ts';
import { JsonReader } from './json-reader.ts';

type Json = null | boolean | string | Json[] | { [key: string]: Json } | { number: string };

/** Any value, numbers as they are written. */
function read(reader: JsonReader): Json {
  switch (reader.kind()) {
    case 'object': {
      const object: [string, Json][] = [];
      reader.object((key) => object.push([key, read(reader)]));
      return Object.fromEntries(object);
    }
    case 'array': {
      const list: Json[] = [];
      reader.array(() => list.push(read(reader)));
      return list;
    }
    case 'string':
      return reader.string();
    case 'number':
      return { number: reader.number() };
    case 'boolean':
      return reader.boolean();
    default:
      reader.nothing();
      return null;
  }
}

function readWhole(text: string | Uint8Array): Json {
  const reader = new JsonReader(Buffer.from(text as string));
  const value = read(reader);
  reader.end();
  return value;
}

describe('a JSON text is read', () => {
  it.each<[string, Json]>([
    [' { } ', {}],
    ['[\t]\r\n', []],
    ['{"a":{"b":[true,false,null,"x"]}}', { a: { b: [true, false, null, 'x'] } }],
    ['"\\u00e9\\n\\"\\\\\\/ é 🦡"', 'é\n"\\/ é 🦡'],
    [
      '[0,-0,1.50,1e5,-12.5E-3]',
      ['0', '-0', '1.50', '1e5', '-12.5E-3'].map((number) => ({ number })),
    ],
    ['9223372036854775807', { number: '9223372036854775807' }],
  ])('%s', (text, value) => {
    expect(readWhole(text)).toEqual(value);
  });

  it('with U+FFFD for each byte that belongs to no character', () => {
    expect(readWhole(Buffer.from([0x22, 0xe4, 0xb8, 0x61, 0x22]))).toBe('\ufffd\ufffda');
  });

  it('as JSON.parse reads it', () => {
    const random = seededRandom(8259);
    const value = (depth: number): unknown => {
      switch (random.below(depth > 4 ? 3 : 5)) {
        case 0:
          return randomText(random);
        case 1:
          return random.oneIn(2);
        case 2:
          return null;
        case 3:
          return Array.from({ length: random.below(4) }, () => value(depth + 1));
        default:
          return Object.fromEntries(
            Array.from({ length: random.below(4) }, () => [randomText(random), value(depth + 1)]),
          );
      }
    };
    for (let i = 0; i < 300; i++) {
      const text = JSON.stringify(value(0), undefined, random.below(3));
      expect(readWhole(text)).toEqual(JSON.parse(text));
      const reader = new JsonReader(Buffer.from(text));
      expect(reader.raw()).toBe(text);
      reader.end();
    }
  });
});

describe('a text that is no JSON is refused at a byte', () => {
  it.each([
    ['', 0, 'truncated'],
    ['{"a"', 4, 'truncated'],
    ['[1,', 3, 'truncated'],
    ['"abc', 4, 'truncated'],
    ['tru', 3, 'truncated'],
    ['-', 1, 'truncated'],
    ['{a', 2, 'bad-message'],
    ['{"a" 1}', 6, 'bad-message'],
    ['[1 2]', 4, 'bad-message'],
    ['[1,]', 4, 'bad-message'],
    ['{"a":1,}', 8, 'bad-message'],
    ['01', 2, 'bad-message'],
    ['trux', 1, 'bad-message'],
    ['"\\x"', 4, 'bad-message'],
    ['"\n"', 2, 'bad-message'],
    ['1 x', 3, 'bad-message'],
    ['['.repeat(257), 257, 'too-deep'],
  ])('%s', (text, offset, code) => {
    let thrown: unknown;
    try {
      readWhole(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DecodeError);
    expect(thrown).toMatchObject({ code, offset });
  });
});
