import { expect, test } from 'vitest';
import { loadLesson } from '../lesson-manifest.ts';
import { queryApi } from '../query-api.ts';
import { openBench } from './bench.ts';
import { CheckInterrupted } from './check-interrupted.ts';

async function bench() {
  return openBench({
    lesson: await loadLesson(3),
    folder: '/nowhere',
    step: '3.6',
    query: queryApi('http://127.0.0.1:9'),
    agent: { host: '127.0.0.1', port: 9 },
  });
}

test('what a closed bench owns is closed, also what is opened too late', async () => {
  const closed: string[] = [];
  const stub = (name: string) => ({ close: () => closed.push(name) });
  const each = await bench();
  each.owns(stub('early'));
  await each.close();
  each.owns(stub('late'));
  expect(closed).toEqual(['early', 'late']);
});

test('a closed bench starts nothing more, and waits for nothing', async () => {
  const each = await bench();
  const waited = each.wait(3_600_000);
  await each.close();
  await waited;
  await each.wait(3_600_000);
  await expect(each.start({ name: 'late', file: 'late.ts' })).rejects.toThrow(CheckInterrupted);
  await expect(each.tracesOf()).rejects.toThrow(CheckInterrupted);
});
