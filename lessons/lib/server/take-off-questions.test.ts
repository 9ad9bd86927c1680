import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAllInOne } from '@spoor/all-in-one';
import { createLogger } from '@spoor/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersOf } from '../../00-take-off/questions.ts';
import { findingWords } from '../judge/finding-words.ts';
import { loadLesson } from '../lesson-manifest.ts';
import { type QueryApi, queryApi } from '../query-api.ts';
import { judgeLearner } from '../workshop/judge-learner.ts';
import { learnerFolders } from '../workshop/learner-folders.ts';
import { keepAnswer } from '../workshop/take-off-answers.ts';
import { takeOffQuestions } from './take-off-questions.ts';

const lesson = await loadLesson(0);
let root: string;
let stack: Awaited<ReturnType<typeof startAllInOne>>;
let backend: { query: QueryApi; agent: { host: string; port: number } };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-take-off-'));
  stack = await startAllInOne({
    ports: {
      agentCompact: 0,
      agentBinary: 0,
      agentAdmin: 0,
      collectorGrpc: 0,
      collectorHttp: 0,
      collectorAdmin: 0,
      queryHttp: 0,
      queryGrpc: 0,
      queryAdmin: 0,
    },
    storage: { embedded: { directory: join(root, 'data') } },
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
  });
  const agent = { host: '127.0.0.1', port: stack.ports.agentCompact };
  backend = { query: queryApi(stack.queryUrl), agent };
});

afterAll(async () => {
  await stack?.close();
  await rm(root, { recursive: true });
});

test('questions are asked of the learner’s own trace, and answers go into the one file that the terminal uses', async () => {
  const folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
  const file = join(folders.work, '00-take-off', 'answers.json');
  const ask = takeOffQuestions(folders, async () => backend);
  const first = await ask(lesson, 'zh-CN');
  expect(first.questions.map(({ is }) => is)).toEqual(Array(6).fill('open'));
  expect(first.questions[0]?.text).toBe('这条 trace 有几个 span？');
  const trace = await backend.query.trace(first.traceId);
  if (!trace) throw new Error('not there');
  const { answers, reader } = answersOf(trace);
  expect((await ask(lesson, 'en')).questions[4]?.text).toContain(reader);

  // Whether they are read again, or the lesson is judged, the file is as the learner left it.
  const before = (await stat(file)).mtimeMs;
  await ask(lesson, 'en');
  expect((await stat(file)).mtimeMs).toBe(before);

  // Two tabs and a terminal at once: none loses what another said.
  await Promise.all([
    ask(lesson, 'en', { question: 'spans', answer: answers.spans }),
    ask(lesson, 'en', { question: 'root', answer: 'wrong' }),
  ]);
  await keepAnswer(folders, lesson, 'services', answers.services);
  const { questions } = await ask(lesson, 'en');
  expect(questions.map(({ is }) => is)).toEqual([
    'right',
    'wrong',
    'open',
    'open',
    'open',
    'right',
  ]);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ root: 'wrong', tag: '' });

  // The hints are for the first question that is wrong.
  const { finding } = await judgeLearner(lesson, { folders, backend });
  if (!finding) throw new Error('passed');
  expect(finding.params).toMatchObject({ key: 2, question: 'root' });
  expect(findingWords(finding, 'en').hints[0]).toContain('The root is the span that nobody called');

  await writeFile(
    file,
    JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...answers }),
  );
  expect((await ask(lesson, 'en')).questions.every(({ is }) => is === 'right')).toBe(true);
  expect((await judgeLearner(lesson, { folders, backend })).passed).toBe(true);
});
