import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CheckInterrupted } from '../judge/check-lesson.ts';
import { loadLesson } from '../lesson-manifest.ts';
import { queryApi } from '../query-api.ts';
import { judgeLearner } from './judge-learner.ts';
import { JUDGING } from './judging-alone.ts';
import { learnerFolders } from './learner-folders.ts';

test('another judge that is waited for is told, and the wait ends when the learner leaves', async () => {
  const root = await mkdtemp(join(tmpdir(), 'spoor-judge-learner-'));
  try {
    const folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
    await mkdir(folders.verdicts, { recursive: true });
    const other = { pid: process.ppid, lesson: 3, token: 'theirs' };
    await writeFile(join(folders.verdicts, `${JUDGING}.json`), JSON.stringify(other));
    const leaving = new AbortController();
    const told: unknown[] = [];
    const judged = judgeLearner(await loadLesson(2), {
      folders,
      // Never asked: the lesson is not judged.
      backend: { query: queryApi('http://127.0.0.1:1'), agent: { host: '127.0.0.1', port: 1 } },
      signal: leaving.signal,
      onWaiting(judge) {
        told.push(judge);
        leaving.abort();
      },
    });
    await expect(judged).rejects.toThrow(CheckInterrupted);
    expect(told).toEqual([{ pid: process.ppid, lesson: 3 }]);
  } finally {
    await rm(root, { recursive: true });
  }
});
