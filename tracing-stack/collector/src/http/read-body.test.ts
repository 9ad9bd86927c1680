import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ByteBudget } from '@spoor/platform';
import { expect, test, vi } from 'vitest';
import { readDecompressed } from './decompress.ts';
import { type BodyLimits, readBody, withBody } from './read-body.ts';

const MB = 1024 * 1024;
const ZIPPED = gzipSync(Buffer.alloc(4 * MB));

function zippedRequest(): IncomingMessage {
  const headers = { 'content-encoding': 'gzip' };
  return Object.assign(Readable.from([ZIPPED]), { headers }) as unknown as IncomingMessage;
}

const limits = (bytes: number): BodyLimits => ({
  maxBodyBytes: 4 * MB,
  bodies: new ByteBudget(bytes),
});

test('a body is held as large as it grows, until who takes it has returned', async () => {
  const held = limits(64 * MB);
  let during = 0;
  let stored = () => {};
  const submit = vi.fn((body: Buffer) => {
    during = held.bodies.bytes - body.length;
    return new Promise<void>((resolve) => {
      stored = resolve;
    });
  });
  const answer = withBody(zippedRequest(), held, readDecompressed, submit);
  await vi.waitFor(() => expect(submit).toHaveBeenCalled(), 20_000);
  expect(during).toBeGreaterThanOrEqual(ZIPPED.length);
  expect(held.bodies.bytes).toBe(0);
  stored();
  await answer;
});

test('what grows beyond the room that others leave is refused, and given back', async () => {
  const held = limits(5 * MB);
  held.bodies.tryTake(2 * MB);
  const submit = vi.fn(async () => {});
  await expect(withBody(zippedRequest(), held, readDecompressed, submit)).rejects.toMatchObject({
    name: 'RequestError',
    code: 'queue-full',
  });
  expect(held.bodies.bytes).toBe(2 * MB);
  held.bodies.giveBack(2 * MB);
  await withBody(zippedRequest(), held, readDecompressed, submit);
  expect(submit).toHaveBeenCalledOnce();
});

test('one alone has room whatever it grows to', async () => {
  const submit = vi.fn(async () => {});
  await withBody(zippedRequest(), limits(1), readDecompressed, submit);
  const pieces = Readable.from([Buffer.alloc(MB), Buffer.alloc(MB)]) as unknown as IncomingMessage;
  await withBody(pieces, limits(1), readBody, submit);
  expect(submit).toHaveBeenCalledTimes(2);
});
