import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { speaker } from '../i18n/messages.ts';
import { LessonError } from '../lesson-error.ts';
import { loadLesson } from '../lesson-manifest.ts';
import { learnerFolders } from './learner-folders.ts';
import { SessionJudging } from './session-judging.ts';
import { writeVerdict } from './verdict-files.ts';

test('a verdict of the lessons page that cannot be shown for want of a backend is told, and ends nothing', async () => {
  const root = await mkdtemp(join(tmpdir(), 'spoor-session-'));
  try {
    const folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
    const lesson = await loadLesson(2);
    let changes = 0;
    const judging = new SessionJudging(lesson, {
      folders,
      agent: { host: '127.0.0.1', port: 9 },
      backend: async () => {
        throw new LessonError((say) => say('backend.failed', { reason: 'no room' }));
      },
      onBroken: () => {},
      onVerdict: async () => {},
      onChange: () => changes++,
    });
    await judging.takeVerdictOfOthers();
    expect([changes, judging.failure]).toEqual([0, undefined]);
    await writeVerdict(folders.verdicts, lesson, {
      lesson: 2,
      step: '2.1',
      passed: true,
      steps: [{ id: '2.1', passed: true }],
      warnings: [],
      traceIds: [],
      queryUrl: '',
      at: 1,
      took: 1,
    });
    await judging.takeVerdictOfOthers();
    expect([changes, judging.failure?.(speaker('en'))]).toEqual([
      1,
      expect.stringContaining('no room'),
    ]);
    await judging.close();
  } finally {
    await rm(root, { recursive: true });
  }
});
