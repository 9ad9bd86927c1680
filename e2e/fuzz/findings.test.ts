import { expect, test } from 'vitest';
import { codecs } from './codecs.ts';
import { KEPT, readFindings } from './finding.ts';
import { tryCodec } from './try-codec.ts';

// What `npm run fuzz` found once, and has been mended since.

const all = new Map(codecs().map((codec) => [codec.name, codec]));

test.each(readFindings(KEPT))('$name: $what', ({ door, inputs }) => {
  const codec = all.get(door);
  if (codec === undefined) throw new Error(`no codec ${door}`);
  for (const input of inputs) {
    expect(tryCodec(codec, Buffer.from(input, 'base64'))).toBe(undefined);
  }
  expect(inputs.length).toBeGreaterThan(0);
});
