import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { seededRandom } from '../testkit/index.ts';
import { ArgumentJoiner, type CallArguments } from './call-arguments.ts';
import { decodeCallContinue } from './call-continue.ts';
import { decodeCallReq, encodeCallReq } from './call-req.ts';
import { ChecksumType, nextChecksum } from './checksum.ts';
import type { Fragment } from './fragment.ts';
import { decodeFrame } from './frame.ts';
import { NO_TRACING } from './tracing.ts';

const HEAD = { ttl: 1, tracing: NO_TRACING, service: 's', headers: new Map<string, string>() };
/** Of the first frame, before its chunks: header, flags, ttl, tracing, service, no headers, the sum. */
const HEAD_BYTES = 16 + 1 + 4 + 25 + 2 + 1 + 5;

function fragmentsOf(frames: readonly Buffer[]): Fragment[] {
  return frames.map((bytes, i) => {
    const frame = decodeFrame(bytes);
    return i === 0 ? decodeCallReq(frame).fragment : decodeCallContinue(frame);
  });
}

function join(fragments: readonly Fragment[], maxBytes = 1e6): CallArguments | undefined {
  const joiner = new ArgumentJoiner(maxBytes);
  const [last] = fragments.map((fragment) => joiner.add(fragment)).slice(-1);
  return last;
}

describe('checksums are those that everybody knows', () => {
  const check = Buffer.from('123456789');
  it.each([
    ['crc32', 0xcbf43926],
    ['crc32c', 0xe3069283],
  ] as const)('%s', (name, sum) => {
    const type = ChecksumType[name];
    expect(nextChecksum(type, 0, check)).toBe(sum);
    const first = nextChecksum(type, 0, check.subarray(0, 4)) ?? Number.NaN;
    expect(nextChecksum(type, first, check.subarray(4))).toBe(sum);
  });

  it('none and farmhash are not compared', () => {
    expect(nextChecksum(ChecksumType.none, 0, check)).toBeUndefined();
    expect(nextChecksum(ChecksumType.farmhash32, 0, check)).toBeUndefined();
  });
});

describe('arguments of any length come through frames of any length', () => {
  it.each([
    ['none', 0],
    ['crc32', 1],
    ['crc32c', 3],
  ])('with %s', (_, checksumType) => {
    const random = seededRandom(5);
    for (let room = 3; room < 40; room++) {
      for (let round = 0; round < 20; round++) {
        const args = [0, 0, 0].map(() => Buffer.from(random.bytes(random.below(60))));
        const maxFrameBytes = HEAD_BYTES + room;
        const frames = encodeCallReq(HEAD, {
          id: 1,
          checksumType,
          args: args as unknown as CallArguments,
          maxFrameBytes,
        });
        for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(maxFrameBytes);
        expect(join(fragmentsOf(frames))).toEqual(args);
      }
    }
  });

  it('and through real ones', () => {
    const args = [10, 65_000, 500_000].map((length) => Buffer.alloc(length, length % 251));
    const call = { id: 1, checksumType: 1, args: args as unknown as CallArguments };
    const frames = encodeCallReq(HEAD, call);
    expect(frames).toHaveLength(9);
    expect(join(fragmentsOf(frames))).toEqual(args);
  });
});

it('an argument that ends with its frame is ended by an empty chunk', () => {
  const args = ['abc', 'd', 'e'].map((text) => Buffer.from(text)) as unknown as CallArguments;
  const frames = encodeCallReq(HEAD, {
    id: 1,
    checksumType: 1,
    args,
    maxFrameBytes: HEAD_BYTES + 5,
  });
  expect(fragmentsOf(frames).map(({ chunks }) => chunks.map(String))).toEqual([
    ['abc'],
    ['', 'd', 'e'],
  ]);
});

const part = (chunks: readonly string[], hasMore: boolean, checksumType = 0): Fragment => ({
  hasMore,
  checksumType,
  checksum: 0,
  chunks: chunks.map((text) => Buffer.from(text)),
});

it.each<[string, readonly Fragment[], string]>([
  ['too few arguments', [part(['a', 'b'], false)], '2 of three arguments'],
  ['too many arguments', [part(['a', 'b', 'c', 'd'], false)], 'more than three arguments'],
  [
    'too many over several frames',
    [part(['a', 'b'], true), part(['b', 'c', 'd'], true)],
    'more than three arguments',
  ],
  ['no arguments', [part([], true)], 'a fragment without arguments'],
  [
    'another type of checksum',
    [part(['a'], true), part(['', 'b', 'c'], false, 2)],
    'two types of checksum',
  ],
  ['a wrong sum', [part(['a', 'b', 'c'], false, 1)], 'checksum 00000000 over bytes of 352441c2'],
  ['more bytes than are taken', [part(['12345678901'], true)], 'arguments of more than 10 bytes'],
])('%s: refused', (_, fragments, message) => {
  expect(() => join(fragments, 10)).toThrow(DecodeError);
  expect(() => join(fragments, 10)).toThrow(message);
});

it('a sum that is wrong in the second frame only is found', () => {
  const args = ['abc', 'd', 'e'].map((text) => Buffer.from(text)) as unknown as CallArguments;
  const call = { id: 1, checksumType: 3, args, maxFrameBytes: HEAD_BYTES + 5 };
  const [first, second] = fragmentsOf(encodeCallReq(HEAD, call)) as [Fragment, Fragment];
  expect(join([first, second])?.map(String)).toEqual(['abc', 'd', 'e']);
  const changed = { ...second, chunks: [Buffer.from('x'), ...second.chunks.slice(1)] };
  expect(() => join([first, changed])).toThrow('checksum');
});
