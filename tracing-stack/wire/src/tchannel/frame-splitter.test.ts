import { tchannelStream } from '@spoor/fixtures';
import { expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { bigEndian, tchannelFrame } from '../testkit/index.ts';
import type { Frame } from './frame.ts';
import { FrameSplitter } from './frame-splitter.ts';

function split(...chunks: Uint8Array[]): Frame[] {
  const splitter = new FrameSplitter();
  return chunks.flatMap((chunk) => [...splitter.split(Buffer.from(chunk))]);
}

const FEW = Buffer.concat([
  tchannelFrame(0x01, 1, [1, 2, 3]),
  tchannelFrame(0xd0, 2),
  tchannelFrame(0x03, 0xffff_ffff, Array(300).fill(7)),
]);

it('frames are cut apart, whatever they hold', () => {
  expect(split(FEW)).toEqual([
    { type: 0x01, id: 1, payload: Buffer.from([1, 2, 3]) },
    { type: 0xd0, id: 2, payload: Buffer.alloc(0) },
    { type: 0x03, id: 0xffff_ffff, payload: Buffer.alloc(300, 7) },
  ]);
});

it('wherever the pieces of a connection end, the frames are the same', () => {
  const whole = split(FEW);
  for (let at = 0; at <= FEW.length; at++) {
    expect(split(FEW.subarray(0, at), FEW.subarray(at))).toEqual(whole);
  }
});

it.each(['agent-to-collector', 'collector-to-agent'] as const)(
  'byte by byte, a real connection (%s) comes to the same frames',
  (name) => {
    const { bytes } = tchannelStream(name);
    const whole = split(bytes);
    expect(whole).toHaveLength(60);
    expect(split(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  },
);

it('it tells whether a frame has begun', () => {
  const splitter = new FrameSplitter();
  const states = Array.from(FEW, (byte) => {
    const count = [...splitter.split(Buffer.of(byte))].length;
    return { count, hasPartial: splitter.hasPartial };
  });
  for (const { count, hasPartial } of states) expect(hasPartial).toBe(count === 0);
});

it('a size below that of a header ends it, behind the frames before', () => {
  for (const size of [0, 1, 15]) {
    const seen: number[] = [];
    const bytes = Buffer.from([...FEW, ...bigEndian(size, 2), ...Array(40).fill(0)]);
    expect(() => {
      for (const { id } of new FrameSplitter().split(bytes)) seen.push(id);
    }).toThrow(DecodeError);
    expect(seen).toEqual([1, 2, 0xffff_ffff]);
  }
});
