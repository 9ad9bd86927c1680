import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { BudgetShare, ByteBudget } from '@spoor/platform';
import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const bodyOf = (...sizes: number[]) =>
  Readable.from(sizes.map((size) => Buffer.alloc(size))) as unknown as IncomingMessage;

test('bodies are bounded together, and one alone has room', async () => {
  const bodies = new ByteBudget(100);
  const [first, second] = [new BudgetShare(bodies), new BudgetShare(bodies)];
  expect(await readBody(bodyOf(100, 100), first)).toHaveLength(200);
  await expect(readBody(bodyOf(10), second)).rejects.toMatchObject({ status: 503 });
  first.giveBack();
  expect(await readBody(bodyOf(10), second)).toHaveLength(10);
  expect(bodies.bytes).toBe(10);
});

test('one that is too large is refused, and keeps nothing', async () => {
  const bodies = new ByteBudget(100);
  const read = readBody(bodyOf(20, 20, 20), new BudgetShare(bodies), 50);
  await expect(read).rejects.toMatchObject({ status: 413 });
  expect(bodies.bytes).toBe(0);
});
