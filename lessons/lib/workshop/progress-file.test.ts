import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { hintsShown, takeHint } from './hints.ts';
import { type LearnerFolders, learnerFolders } from './learner-folders.ts';
import {
  changeProgress,
  lessonProgress,
  NO_PROGRESS,
  readProgress,
  withLesson,
} from './progress-file.ts';
import { currentStep, forgetSteps, recordVerdict } from './record-verdict.ts';

let root: string;
let folders: LearnerFolders;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-progress-'));
  folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
  file = folders.progressFile;
});
afterEach(() => rm(root, { recursive: true }));

const title = { en: '', zh: '' };
const LESSON = {
  id: '02-inner',
  number: 2,
  exercise: {
    files: [],
    starts: 'T-SPLIT',
    steps: [
      { id: '2.1', title },
      { id: '2.2', title },
    ],
  },
} as unknown as Lesson;

function verdict(passed: readonly boolean[], at: number, more: Partial<Verdict> = {}): Verdict {
  return {
    lesson: 2,
    step: `2.${passed.length}`,
    passed: passed.every(Boolean),
    steps: passed.map((each, index) => ({ id: `2.${index + 1}`, passed: each })),
    ...(passed.every(Boolean) ? {} : { finding: { rule: 'T-SPLIT', params: {} } }),
    warnings: [],
    traceIds: ['abc'],
    queryUrl: '',
    at,
    took: 1,
    ...more,
  };
}

test('there is none before the first verdict', async () => {
  expect(await readProgress(file)).toBe(NO_PROGRESS);
  expect(currentStep(LESSON, NO_PROGRESS)).toBe('2.1');
});

test('attempts are counted until a step passes, which then stays passed', async () => {
  await recordVerdict(folders, LESSON, verdict([false], 1));
  await recordVerdict(folders, LESSON, verdict([true], 2));
  await recordVerdict(folders, LESSON, verdict([false, false], 3));
  const half = await recordVerdict(folders, LESSON, verdict([true, false], 4));
  expect(half.lessons['2']).toEqual({
    steps: {
      '2.1': { attempts: 2, hintsUsed: 0, passedAt: 2, traceId: 'abc' },
      '2.2': { attempts: 1, hintsUsed: 0 },
    },
  });
  expect(currentStep(LESSON, half)).toBe('2.2');
  const whole = await recordVerdict(folders, LESSON, verdict([true, true], 5));
  expect(whole.lessons['2']).toMatchObject({
    passedAt: 5,
    steps: { '2.2': { attempts: 2, passedAt: 5 } },
  });
  const later = await recordVerdict(folders, LESSON, verdict([true, true], 9));
  expect(later).toEqual(whole);
  expect(await readProgress(file)).toEqual(whole);
  expect(currentStep(LESSON, whole)).toBe('2.2');
});

test('hints rise to three, are counted for the step that fails, and are forgotten with it', async () => {
  const failing = verdict([true, false], 1);
  await recordVerdict(folders, LESSON, failing);
  const shown = [];
  for (let time = 0; time < 5; time++) shown.push(await takeHint(folders, LESSON, failing));
  expect(shown).toEqual([1, 2, 3, 4, 4]);
  const progress = await readProgress(file);
  expect(hintsShown(progress, LESSON, { rule: 'T-SPLIT', params: {} })).toBe(3);
  expect(lessonProgress(progress, 2).steps['2.2']).toMatchObject({ hintsUsed: 3 });
  expect(await takeHint(folders, LESSON, verdict([true, true], 2))).toBeUndefined();

  await changeProgress(file, (before) => withLesson(before, 2, (known) => ({ ...known, seed: 7 })));
  const anew = await forgetSteps(folders, LESSON);
  expect(anew.lessons['2']).toEqual({ steps: {}, seed: 7 });
});

test('a hint is one of the step that the learner is at, also if an earlier one fails again', async () => {
  await recordVerdict(folders, LESSON, verdict([true, false], 1));
  await takeHint(folders, LESSON, verdict([false, false], 2));
  const { steps } = lessonProgress(await readProgress(file), 2);
  expect([steps['2.1']?.hintsUsed, steps['2.2']?.hintsUsed]).toEqual([0, 1]);
});

test('changes at the same time are made one after the other', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      changeProgress(file, (before) => withLesson(before, at, (known) => ({ ...known, seed: at }))),
    ),
  );
  expect(Object.keys((await readProgress(file)).lessons)).toHaveLength(20);
  expect(await readdir(root)).toEqual(['.progress.json']);
});

test('two programs change it at the same time, and none undoes what the other did', async () => {
  const script = join(root, 'change.mts');
  const from = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  await writeFile(
    script,
    `import { changeProgress, withLesson } from ${from('./progress-file.ts')};
    for (let at = 100; at < 160; at++)
      await changeProgress(process.argv[2], (before) => withLesson(before, at, (known) => known));\n`,
  );
  const tsx = import.meta.resolve('tsx');
  const other = promisify(execFile)(process.execPath, ['--import', tsx, script, file]);
  await expect.poll(() => readdir(root), { timeout: 30_000 }).toContain('.progress.json');
  for (let at = 0; at < 60; at++)
    await changeProgress(file, (before) => withLesson(before, at, (known) => known));
  await other;
  expect(Object.keys((await readProgress(file)).lessons)).toHaveLength(120);
}, 60_000);

test('of several readers of a broken file one moves it aside, and none fails', async () => {
  await writeFile(file, '{');
  const told: unknown[] = [];
  const readers = Array.from({ length: 8 }, () => readProgress(file, (each) => told.push(each)));
  expect(new Set(await Promise.all(readers))).toEqual(new Set([NO_PROGRESS]));
  expect(told).toHaveLength(1);
});

test.each([
  ['cut off', '{"version": 1, "les', /JSON/],
  ['empty', '', /JSON/],
  ['of another version', '{"version": 2, "lessons": {}}', /version is 2, not 1/],
  ['without lessons', '{"version": 1}', /lessons is no object/],
  ['a list', '[]', /the file is no object/],
  ['with a lesson that is none', '{"version": 1, "lessons": {"3": 4}}', /lessons\.3 is no object/],
])(
  'a file that is %s is moved aside and told, and the learner goes on',
  async (_what, text, reason) => {
    await writeFile(file, text);
    const broken: { movedTo: string; reason: string }[] = [];
    expect(await readProgress(file, (each) => broken.push(each))).toBe(NO_PROGRESS);
    expect(broken).toEqual([
      {
        file,
        movedTo: expect.stringMatching(/\.progress\.json\.broken-\d{8}-\d{6}$/),
        reason: expect.stringMatching(reason),
      },
    ]);
    expect(await readFile(broken[0]?.movedTo ?? '', 'utf8')).toBe(text);
    await recordVerdict(folders, LESSON, verdict([false], 1));
    expect((await readProgress(file)).lessons).toHaveProperty('2');
  },
);

test('what somebody added by hand, and does no harm, is kept', async () => {
  await writeFile(
    file,
    '{"version": 1, "language": "zh-CN", "lessons": {"2": {"seed": 3, "note": "x"}}}',
  );
  const progress = await recordVerdict(folders, LESSON, verdict([true], 1));
  expect(progress).toMatchObject({ language: 'zh-CN', lessons: { '2': { seed: 3, note: 'x' } } });
});
