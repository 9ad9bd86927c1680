import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { LANGUAGES, speaker } from '../i18n/messages.ts';
import { loadLesson } from '../lesson-manifest.ts';
import { CHECK_TIME_SCALE } from './bench.ts';
import type { Verdict } from './verdict.ts';
import { verdictLines } from './verdict-lines.ts';

const PASSED: Verdict = {
  lesson: 2,
  step: '2.1',
  passed: true,
  steps: [{ id: '2.1', passed: true }],
  warnings: [],
  traceIds: ['t'],
  queryUrl: 'http://localhost:16686',
  at: 0,
  took: 1234,
};
const paint = (_colour: string, text: string) => text;

test.each(LANGUAGES)(
  'says beside the trace that the judge shortens the sleeps (%s)',
  async (language) => {
    expect(CHECK_TIME_SCALE).toBe(0.1);
    const lines = verdictLines(await loadLesson(2), PASSED, {
      language,
      say: speaker(language),
      paint,
    });
    expect(lines.filter((line) => /sleep\(\).*(a tenth|十分之一)/.test(line))).toHaveLength(1);
  },
);

test.each([0, 1, 2, 3, 4])(
  'speaks of sleeps in lesson %i only if its programs sleep',
  async (number) => {
    const lesson = await loadLesson(number);
    const start = new URL(`../../${lesson.id}/start/`, import.meta.url);
    const programs = await Promise.all(
      (await readdir(start)).map((file) => readFile(new URL(file, start), 'utf8')),
    );
    const sleeps = programs.some((text) => text.includes('sleep('));
    const look = { language: 'en', say: speaker('en'), paint } as const;
    expect(verdictLines(lesson, PASSED, look).join('\n').includes('sleep()')).toBe(sleeps);
  },
);

test('says nothing of it where there is no trace to look at', async () => {
  const look = { language: 'en', say: speaker('en'), paint } as const;
  const lines = verdictLines(await loadLesson(2), { ...PASSED, traceIds: [] }, look);
  expect(lines.join('\n')).not.toContain('sleep()');
});

test('a finding ends with its rule, by which the README lists what goes wrong', async () => {
  const look = { language: 'en', say: speaker('en'), paint } as const;
  const failed: Verdict = {
    ...PASSED,
    passed: false,
    steps: [{ id: '2.1', passed: false }],
    finding: { rule: 'T-SPLIT', params: { count: 2, roots: 'a, b' } },
    also: { rule: 'T-DOUBLE', params: { span: 'a' } },
    warnings: [{ rule: 'P-OPNAME', params: {} }],
  };
  const lines = verdictLines(await loadLesson(2), failed, look);
  for (const [start, rule] of [
    ['✗ ', 'T-SPLIT'],
    ['  Also: ', 'T-DOUBLE'],
    ['  By the way: ', 'P-OPNAME'],
  ] as const)
    expect(
      lines.filter((line) => line.startsWith(start) && line.endsWith(`  ${rule}`)),
    ).toHaveLength(1);
});
