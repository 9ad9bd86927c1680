import { createLogger } from '@spoor/platform';
import { compactBatch } from '@spoor/wire';
import { expect, test } from 'vitest';
import { RepeatedWarnings } from '../repeated-warnings.ts';
import { spill } from './spill.ts';
import { type Waiting, WaitingLine } from './waiting-line.ts';

test.each([
  ['before what is on disk', true],
  ['alone', false],
])('what a disk that throws did not take stays where it was: %s', async (_, hasUnread) => {
  let released = 0;
  const waiting = (order: number): Waiting => ({
    order,
    model: 'jaeger',
    batch: compactBatch(Buffer.alloc(20)),
    spans: 1,
    since: 0,
    tries: 0,
    release: () => {
      released++;
    },
  });
  const front = new WaitingLine();
  const memory = new WaitingLine();
  front.add(waiting(1));
  for (const order of [2, 3, 4]) memory.add(waiting(order));
  const lines: { reason: string }[] = [];
  const logger = createLogger({
    name: 'agent',
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  const fails = () => Promise.reject(new Error('read-only file system'));
  const disk = { hasUnread, append: fails, prepend: fails };
  await spill({ front, memory }, disk, new RepeatedWarnings(logger));
  expect([front.length, memory.length, released]).toEqual([1, 3, 0]);
  expect(lines).toMatchObject([{ reason: 'read-only file system' }]);
});
