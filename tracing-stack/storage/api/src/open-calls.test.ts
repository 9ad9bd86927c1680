import { expect, test } from 'vitest';
import { OpenCalls } from './open-calls.ts';
import { StorageError } from './storage-error.ts';

const closedError = () => new StorageError('closed', '[test] the store is closed');

function openCalls() {
  const calls = new OpenCalls(closedError);
  let answer: (text: string) => void = () => undefined;
  const call = calls.calling(
    () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      }),
  );
  return { calls, answer, call };
}

test('a call is answered, or fails, as what it calls', async () => {
  const { calls, answer, call } = openCalls();
  answer('yes');
  expect(await call).toBe('yes');
  const failure = new StorageError('full', '[test] no room');
  await expect(calls.calling(() => Promise.reject(failure))).rejects.toBe(failure);
});

test('the end waits for the calls under way, and refuses any other', async () => {
  const { calls, answer, call } = openCalls();
  let isOver = false;
  const end = calls.end(AbortSignal.timeout(60_000)).then(() => {
    isOver = true;
  });
  let isMade = false;
  const late = calls.calling(async () => {
    isMade = true;
  });
  await expect(late).rejects.toThrow(closedError());
  expect([isMade, isOver]).toEqual([false, false]);
  answer('still');
  await end;
  expect(await call).toBe('still');
});

test('a call that fails does not fail the end', async () => {
  const calls = new OpenCalls(closedError);
  const call = calls.calling(() => Promise.reject(new Error('away')));
  await Promise.all([expect(call).rejects.toThrow('away'), calls.end(AbortSignal.timeout(60_000))]);
});

test('the end does not wait for ever', async () => {
  const { calls, answer, call } = openCalls();
  await calls.end(AbortSignal.timeout(1));
  answer('too late');
  expect(await call).toBe('too late');
});

test('nor for what was only asked', async () => {
  const calls = new OpenCalls(closedError);
  void calls.asking(() => new Promise(() => undefined));
  await calls.end(new AbortController().signal);
  await expect(calls.asking(async () => 'late')).rejects.toThrow(closedError());
});
