import { describe, expect, test } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';
import { ByteBudget } from './byte-budget.ts';

describe('a bounded queue', () => {
  test('gives items in order and refuses what has no room', () => {
    const queue = new BoundedQueue<string>(10);
    expect([queue.offer('a', 6), queue.offer('b', 4), queue.offer('c', 1)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([queue.length, queue.bytes]).toEqual([2, 10]);
    expect([queue.take(), queue.take(), queue.take()]).toEqual(['a', 'b', undefined]);
    expect([queue.length, queue.bytes]).toEqual([0, 0]);
  });

  test('takes one item of any size when it is empty', () => {
    const queue = new BoundedQueue<string>(10);
    expect(queue.offer('large', 11)).toBe(true);
    expect(queue.offer('small', 1)).toBe(false);
  });

  test('keeps its order over many rounds', () => {
    const queue = new BoundedQueue<number>(1000);
    const taken: (number | undefined)[] = [];
    for (let i = 0; i < 500; i++) {
      queue.offer(i, 1);
      if (i % 3 !== 0) taken.push(queue.take());
    }
    while (queue.length > 0) taken.push(queue.take());
    expect(taken).toEqual([...Array(500).keys()]);
  });
});

describe('a byte budget', () => {
  test('refuses what is too much until something is given back', async () => {
    const budget = new ByteBudget(10);
    expect([budget.tryTake(8), budget.tryTake(3)]).toEqual([true, false]);
    expect(await budget.idle(1)).toBe(false);
    const idle = budget.idle(60_000);
    budget.giveBack(8);
    expect(await idle).toBe(true);
    expect([budget.tryTake(11), budget.bytes]).toEqual([true, 11]);
  });
});
