import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Verdict } from '../judge/verdict.ts';
import { readVerdict, writeVerdict } from './verdict-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-verdicts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const LESSON = { id: '02-inner' };
const finding = { rule: 'L2-CTX', params: { span: 'a' } } as const;
const VERDICT: Verdict = {
  lesson: 2,
  step: '2.1',
  passed: false,
  steps: [{ id: '2.1', passed: false }],
  finding,
  warnings: [],
  traceIds: ['abc'],
  queryUrl: 'http://localhost:16686',
  at: 1,
  took: 1,
};

test('a verdict is read as it was written', async () => {
  expect(await readVerdict(folder, LESSON)).toBeUndefined();
  await writeVerdict(folder, LESSON, VERDICT);
  expect(await readVerdict(folder, LESSON)).toEqual(VERDICT);
});

const unknown = { rule: 'L2-OF-ANOTHER-VERSION', params: {} };
test.each([
  ['names a rule that there is none of', { ...VERDICT, finding: unknown }],
  ['names one besides', { ...VERDICT, also: unknown }],
  ['warns of one', { ...VERDICT, warnings: [unknown] }],
  ['has nothing to fill words with', { ...VERDICT, finding: { rule: 'L2-CTX' } }],
  ['has a step that is none', { ...VERDICT, steps: [null] }],
  ['has no time', { ...VERDICT, at: '1' }],
  ['is null', null],
])('one that %s is as good as none', async (_what, value) => {
  await writeFile(join(folder, '02-inner.json'), JSON.stringify(value));
  expect(await readVerdict(folder, LESSON)).toBeUndefined();
});
