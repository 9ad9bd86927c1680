import type { Random } from '@spoor/wire/testkit';

/** Makes bad messages out of good ones. `others` are messages of the same kind to splice in. */
export function mutate(
  random: Random,
  good: Uint8Array,
  others: readonly Uint8Array[],
  maxBytes: number,
): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(good);
  const rounds = 1 + random.below(3);
  for (let i = 0; i < rounds; i++) bytes = random.pick(MUTATIONS)(random, bytes, others);
  return bytes.subarray(0, maxBytes);
}

type Mutation = (random: Random, bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;

/** Lengths and counts as varints and as big-endian integers, with which a message lies. */
const LIES = [
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80, 0x00, 0x00, 0x00],
  [0xff, 0xff, 0xff, 0xff],
  [0x00, 0x0f, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
  [0x00],
  [0xff],
];

/** What begins a struct, list or group in Thrift, a message in proto, an array or object in JSON. */
const OPENERS = [
  '\x1c',
  '\x19',
  '\x0c\0\x01',
  '\x0f\0\x01\x0c',
  '\x0b',
  '\x0a\x7f',
  '[',
  '{"a":',
  '[{',
].map((text) => Buffer.from(text, 'latin1'));

/** What is at the edge in a text. */
const TOKENS = [
  ...['NaN', '1e999', '-0', 'null', 'true', '{}', '[]', '""', '"', '\\', '\\ud800', '\\u0000'],
  ...['99999999999999999999999', '-9223372036854775809', '0.1e-400', '%', '%00', '%ff', '%2e%2e/'],
  ...['../', '\0', '\ud83d\udca5', '&', '=', ';', '\r\n', 'service=', '__proto__', 'constructor'],
].map((text) => Buffer.from(text));

const MUTATIONS: readonly Mutation[] = [
  function flipBits(random, bytes) {
    for (let i = 0; i <= random.below(8); i++) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  function setBytes(random, bytes) {
    for (let i = 0; i <= random.below(8); i++)
      bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  function truncate(random, bytes) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function lengthen(random, bytes) {
    return Buffer.concat([bytes, random.bytes(random.below(200))]);
  },
  function cutOut(random, bytes) {
    const [start, end] = slice(random, bytes);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  function repeat(random, bytes) {
    const [start, end] = slice(random, bytes);
    const times = random.pick([1, 2, 10, 1000]);
    const part = bytes.subarray(start, Math.min(end, start + 1000));
    return insert(bytes, end, Buffer.concat(Array<Uint8Array>(times).fill(part)));
  },
  function splice(random, bytes, others) {
    const other = random.pick(others);
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length)),
      other.subarray(random.below(other.length)),
    ]);
  },
  function lie(random, bytes) {
    const at = random.below(bytes.length);
    const told = Uint8Array.from(random.pick(LIES));
    if (random.oneIn(2)) return insert(bytes, at, told);
    return Buffer.concat([bytes.subarray(0, at), told, bytes.subarray(at + told.length)]);
  },
  function nest(random, bytes) {
    const depth = random.pick([60 + random.below(6), 1000, 20_000]);
    const openers = Buffer.concat(Array<Buffer>(depth).fill(random.pick(OPENERS)));
    return insert(bytes, random.below(bytes.length), openers);
  },
  function sayAtTheEdge(random, bytes) {
    return insert(bytes, random.below(bytes.length), random.pick(TOKENS));
  },
];

function slice(random: Random, bytes: Uint8Array): [number, number] {
  const start = random.below(bytes.length);
  return [start, start + random.below(bytes.length - start)];
}

function insert(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
}
