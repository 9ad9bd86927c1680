import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLessons } from '../lesson-manifest.ts';
import { mistakeNames, plantMistake } from './mistake.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-mistakes-'));
});
afterAll(() => rm(root, { recursive: true }));

// Those of lesson 0 are of another kind: of answers.
const lessons = (await loadLessons()).filter(({ number }) => number > 0);

// The gate of the lessons says it too, in many minutes.
test.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
  'every mistake of %s fits the finished programs',
  async (_id, lesson) => {
    const names = await mistakeNames(lesson);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) await (await plantMistake({ work: root }, lesson, name)).remove();
  },
);
