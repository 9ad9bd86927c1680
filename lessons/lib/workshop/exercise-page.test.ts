import type { ObservedSpan } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { type Language, speaker } from '../i18n/messages.ts';
import { findingWords } from '../judge/finding-words.ts';
import type { Verdict } from '../judge/verdict.ts';
import { type Lesson, loadLesson } from '../lesson-manifest.ts';
import { columns } from '../terminal-text.ts';
import { type ExerciseView, exercisePage } from './exercise-page.ts';
import type { Progress } from './progress-file.ts';
import { progressTable } from './progress-table.ts';

const lesson: Lesson = await loadLesson(3);
const paint = (_colour: string, text: string) => text;

const PROGRESS: Progress = {
  version: 1,
  lessons: { '3': { steps: { '3.1': { attempts: 2, hintsUsed: 1, passedAt: 1000 } } } },
};

const FAILED: Verdict = {
  lesson: 3,
  step: '3.2',
  passed: false,
  steps: [
    { id: '3.1', passed: true },
    { id: '3.2', passed: false },
  ],
  finding: {
    rule: 'T-SPLIT',
    params: { count: 2, roots: 'a, b' },
    span: { traceId: 't', spanId: '2' },
  },
  warnings: [],
  traceIds: ['t'],
  queryUrl: 'http://localhost:16686',
  at: 0,
  took: 1234,
};

function span(spanId: string, operationName: string, parentId?: string): ObservedSpan {
  return {
    spanId,
    parentId,
    operationName,
    serviceName: 'jaeger-http-client',
    startTime: 1000 * Number(spanId),
    duration: 5000,
    hasError: false,
    tags: {},
    logs: [],
    processTags: {},
  } as unknown as ObservedSpan;
}

const TRACE = {
  traceId: 't',
  spans: [span('1', 'jaegerHttpOpname'), span('2', 'CallHttpService1Opname', '1')],
};

function view(language: Language, more: Partial<ExerciseView> = {}): ExerciseView {
  return {
    lesson,
    language,
    say: speaker(language),
    progress: PROGRESS,
    step: '3.2',
    folder: 'work/03-http/',
    judging: false,
    verdict: FAILED,
    traces: [TRACE],
    words: (finding) => findingWords(finding, language),
    hintsShown: 0,
    link: 'http://localhost:16686/trace/t',
    notes: [],
    ...more,
  };
}

const page = (shown: ExerciseView, width = 100, rows = 30) =>
  exercisePage(shown, { paint, width, rows });

test('says where the learner is, what is wrong, and which keys there are', () => {
  const text = page(view('en')).join('\n');
  expect(text).toMatch(/^ {2}Lesson 3: .* work\/03-http\/$/m);
  expect(text).toMatch(/^ {2}✓ 3\.1 {2}● 3\.2 Inject it into the headers {2}○ 3\.3/m);
  expect(text).toMatch(/^ {2}▸ └ CallHttpService1Opname +█+ +5\.00 ms$/m);
  expect(text).toMatch(/^ {2}✗ \S.* {2}T-SPLIT$/m);
  expect(text).toMatch(/judged at \d\d:\d\d:\d\d in 1\.2 s/);
  expect(text.match(/sleep\(\) takes a tenth of its time/g)).toHaveLength(1);
  expect(text).toMatch(/n next .* q quit$/);
});

test.each(['en', 'zh-CN'] as const)('keeps within the width of the terminal in %s', (language) => {
  for (const width of [60, 80, 100, 200])
    for (const line of page(view(language, { hintsShown: 3, notes: ['x '.repeat(100)] }), width))
      expect(columns(line), line).toBeLessThanOrEqual(width);
});

test('where the rule has no room beside a headline it stands below', () => {
  const crowded = { ...FAILED, warnings: [{ rule: 'L4-SRV-INTERCEPTOR', params: {} } as const] };
  const words = (finding: { rule: string }) => ({
    title: finding.rule === 'T-SPLIT' ? 'short' : 'x'.repeat(50),
    why: 'why',
    hints: [],
  });
  const text = page(view('en', { verdict: crowded, words }), 60).join('\n');
  expect(text).toMatch(/^ {2}✗ short {2}T-SPLIT\n {4}why$/m);
  expect(text).toMatch(/^ {2}! x{50}\n {4}L4-SRV-INTERCEPTOR\n {4}why$/m);
});

test('shows as many hints as were asked for', () => {
  for (const hintsShown of [0, 1, 2, 3]) {
    const text = page(view('en', { hintsShown })).join('\n');
    expect(text.match(/hint \d of 3/g) ?? []).toHaveLength(hintsShown);
    expect(text.includes('once more shows the finished programs')).toBe(hintsShown === 3);
  }
});

test('lets the trace give way where there are few lines', () => {
  const spans = Array.from({ length: 40 }, (_, at) => span(String(at + 1), `op${at}`));
  const crowded = view('en', { traces: [{ traceId: 't', spans }] });
  expect(page(crowded, 100, 30).length).toBeLessThanOrEqual(30);
  expect(page(crowded, 100, 30).join('\n')).toMatch(/… \d+ more/);
  const low = page({ ...crowded, hintsShown: 3 }, 80, 24);
  expect(low.join('\n')).not.toContain('█');
  expect(low.join('\n')).toMatch(/hint 3 of 3/);
});

test('draws traces of one run on one axis of time', () => {
  const later = { traceId: 'u', spans: [span('9', 'late')] };
  const bars = page(view('en', { traces: [TRACE, later] })).filter((line) => line.includes('█'));
  const starts = bars.map((line) => line.indexOf('█'));
  expect(starts[0]).toBeLessThan(starts[1] ?? 0);
  expect(starts[1]).toBeLessThan(starts[2] ?? 0);
});

test('tells of a passed step what comes next, and of the last what it was all for', () => {
  const { finding: _, ...passed } = { ...FAILED, passed: true };
  expect(page(view('en', { verdict: passed })).join('\n')).toMatch(
    /✓ Step 3\.2 passed: Inject it into the headers\n +`n` goes on to step 3\.2/,
  );
  const steps = Object.fromEntries(
    (lesson.exercise?.steps ?? []).map(({ id }) => [
      id,
      { attempts: 1, hintsUsed: 0, passedAt: 1 },
    ]),
  );
  const progress = { version: 1, lessons: { '3': { steps } } } as const;
  const text = page(view('en', { verdict: passed, progress, today: 'today/x.ts', next: 4 })).join(
    '\n',
  );
  expect(text).toMatch(
    /✓ All 6 steps passed\.[\s\S]*OpenTelemetry[\s\S]*today\/x\.ts[\s\S]*lesson 4/,
  );
});

test('a judge that cannot judge says why', () => {
  const text = page(view('en', { verdict: undefined, traces: [], failure: 'no backend' })).join(
    '\n',
  );
  expect(text).toMatch(/^ {2}✗ no backend$/m);
});

test.each(['en', 'zh-CN'] as const)('the table of progress is aligned in %s', (language) => {
  const say = speaker(language);
  const lines = progressTable([lesson], PROGRESS, { language, say, paint, width: 80 });
  expect(lines.join('\n')).toMatch(/✓ 3\.1 .* 2 +1 {2}\d\d-\d\d \d\d:\d\d$/m);
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(80);
});
