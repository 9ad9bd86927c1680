import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../judge/verdict.ts';
import { LessonError } from '../lesson-error.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { judgingAlone } from '../workshop/judging-alone.ts';
import { type LearnerFolders, learnerFolders } from '../workshop/learner-folders.ts';
import { recordVerdict } from '../workshop/record-verdict.ts';
import { type LessonsServer, startLessonsServer } from './lessons-server.ts';

const LESSON: Lesson = {
  id: '03-http',
  number: 3,
  title: { en: 'One trace over HTTP', zh: '一条 trace 跨过 HTTP' },
  seed: '',
  minutes: 25,
  services: [],
  trigger: { request: 'http://localhost:2333/http' },
  exercise: {
    files: [
      { name: 'http-client.ts', solution: 'services/src/http-client.ts' },
      { name: 'http-service1.ts', solution: 'services/src/http-service1.ts' },
      { name: 'of-your-own.ts', solution: 'lessons/03-http/start/http-client.ts' },
      { name: 'answers.json', solution: 'lessons/00-take-off/solution/answers.json' },
    ],
    starts: 'T-SPLIT',
    steps: [
      { id: '3.1', title: { en: 'Client span', zh: '客户端 span' } },
      { id: '3.2', title: { en: 'Inject', zh: '注入' } },
    ],
  },
  expected: { spans: [] },
};

const FAILED: Verdict = {
  lesson: 3,
  step: '3.2',
  passed: false,
  steps: [
    { id: '3.1', passed: true },
    { id: '3.2', passed: false },
  ],
  finding: { rule: 'L3-CLI-INJECT', params: { port: 2334 } },
  warnings: [],
  traceIds: ['abc'],
  queryUrl: 'http://localhost:16686',
  at: 1000,
  took: 500,
};

let root: string;
let folders: LearnerFolders;
let server: LessonsServer;
let http: Server;
let url: string;
let asked: unknown[];
let check: (lesson: Lesson) => Promise<unknown>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-lessons-server-'));
  folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
  asked = [];
  check = (lesson) => recordVerdict(folders, lesson, FAILED);
  server = await startLessonsServer({
    lessons: [{ ...LESSON, id: '00-take-off', number: 0 }, LESSON],
    folders,
    check(lesson, step) {
      asked.push([lesson.number, step]);
      return check(lesson);
    },
    async questions(lesson, language, given) {
      if (given?.answer === 'lost')
        throw new LessonError((say) => say('backend.failed', { reason: 'no room' }));
      asked.push([lesson.number, language, given]);
      return { traceId: 'abc', questions: [] };
    },
    sayFinding: ({ rule, params }, language) => ({
      title: `${rule} in ${language}`,
      why: `port ${params['port']}`,
      hints: ['one', 'two', 'three'],
    }),
    ruleTemplates: (language) => ({ language }),
    heartbeatMs: 20,
  });
  const app = express();
  app.use(`/base${server.route.path}`, server.route.handler);
  http = createServer(app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/base/api/lessons`;
});

afterEach(async () => {
  await server.close();
  http.closeAllConnections();
  http.close();
  await rm(root, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: what is looked at in an answer is what the test is about
const get = async (path: string): Promise<any> => (await fetch(url + path)).json();
const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });

/** `fetch` lets nobody say who the Host is. */
async function statusFor(path: string, host: string): Promise<number | undefined> {
  const asking = send(url + path, { headers: { host } }).end();
  const [answer] = await once(asking, 'response');
  answer.destroy();
  return answer.statusCode;
}

/** Reads events until one matches, and gives all until then. */
async function events(path: string, wanted: RegExp, then?: () => unknown): Promise<string> {
  const answer = await fetch(url + path);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let text = '';
  let asked = false;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (!asked) await then?.();
    asked = true;
    if (wanted.test(text)) return text;
  }
  throw new Error(`ended before ${wanted}: ${text}`);
}

test('tells all lessons with their steps, in the language that is asked for', async () => {
  const steps = [
    { id: '3.1', title: 'Client span', passed: false },
    { id: '3.2', title: 'Inject', passed: false },
  ];
  const [id, number, minutes, title] = ['03-http', 3, 25, 'One trace over HTTP'];
  expect((await get('')).lessons[1]).toEqual({ id, number, minutes, title, steps });
  await recordVerdict(folders, LESSON, FAILED);
  expect(await get('?lang=zh-CN')).toMatchObject({
    lessons: [
      { number: 0 },
      {
        title: '一条 trace 跨过 HTTP',
        steps: [
          { title: '客户端 span', passed: true },
          { title: '注入', passed: false },
        ],
      },
    ],
  });
});

test('tells one lesson: text, expected trace, rules and the last verdict in words', async () => {
  expect(await get('/3?lang=zh-CN')).not.toHaveProperty('verdict');
  await recordVerdict(folders, LESSON, FAILED);
  const lesson = await get('/3?lang=zh-CN');
  expect(lesson).toMatchObject({
    number: 3,
    expected: { spans: [] },
    timeScale: 0.1,
    rules: { language: 'zh-CN' },
    verdict: {
      passed: false,
      finding: {
        rule: 'L3-CLI-INJECT',
        params: { port: 2334 },
        words: { title: 'L3-CLI-INJECT in zh-CN', why: 'port 2334' },
      },
      hints: [],
      moreHints: true,
    },
  });
  expect(lesson.html).toMatch(/^<h1 id=/);
  expect(lesson).not.toHaveProperty('next');
  expect(await get('/0')).toMatchObject({ next: 3 });
});

test('gives the verdict of a check that it was asked for over the events', async () => {
  const text = await events('/events?lang=zh-CN', /^event: verdict/m, async () => {
    const answer = await post('/3/check', { step: '3.2' });
    expect([answer.status, asked]).toEqual([202, [[3, '3.2']]]);
  });
  expect(text).toMatch(/^event: verdict\ndata: \{"lesson":3,"verdict":\{.*in zh-CN.*\}\}$/m);
});

test('tells over the events why a check gave no verdict', async () => {
  check = async () => {
    throw new LessonError((say) => say('backend.failed', { reason: 'no room' }));
  };
  const text = await events('/events?lang=zh-CN', /^event: failed\n.*\n/m, () => post('/3/check'));
  expect(text).toContain('{"lesson":3,"message":"追踪后端启动失败：no room"}');
});

test('tells what a judge in another terminal does and finds', async () => {
  const text = await events('/events', /^event: verdict/m, () =>
    judgingAlone(folders.verdicts, LESSON, async () => {
      await expect.poll(() => events('/events', /^event: running/m)).toContain('"lesson":3');
      await recordVerdict(folders, LESSON, FAILED);
    }),
  );
  expect(text).toContain('event: verdict');
});

test.each<[string, () => Promise<unknown>]>([
  [
    'broken off',
    () => judgingAlone(folders.verdicts, LESSON, () => events('/events', /^event: running/m)),
  ],
  [
    'ended by a crash',
    async () => {
      await mkdir(folders.verdicts, { recursive: true });
      const file = join(folders.verdicts, 'judging.json');
      await writeFile(file, JSON.stringify({ pid: process.ppid, lesson: 3, token: 'x' }));
      await expect.poll(() => events('/events', /^event: (?:running|idle)/m)).toMatch(/running/);
      // As if it had been silent for a minute.
      const longAgo = new Date(Date.now() - 60_000);
      await utimes(file, longAgo, longAgo);
    },
  ],
])('tells that nothing is judged any more when a judgement was %s', async (_what, judged) => {
  const text = await events('/events', /event: running[\s\S]*event: idle/, judged);
  expect(text).toMatch(/^retry: 1000\n\n(?::\n\n)*event: idle\n/);
  expect(text).not.toContain('event: verdict');
});

test('a button that is pressed again and again has one judgement wait, and no more', async () => {
  const ends: (() => void)[] = [];
  check = () => new Promise<void>((resolve) => ends.push(resolve));
  for (const step of ['3.1', '3.1', '3.2', '3.1', '3.2'])
    expect((await post('/3/check', { step })).status).toBe(202);
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await post('/3/check', { step: '3.1' });
  await expect
    .poll(() => asked)
    .toEqual([
      [3, '3.1'],
      [3, '3.2'],
      [3, '3.1'],
    ]);
});

test('a page under a foreign name that was made to point here reads nothing', async () => {
  for (const path of ['', '/3', '/3/code', '/events'])
    expect([path, await statusFor(path, 'evil.example')]).toEqual([path, 403]);
  expect(await statusFor('', 'localhost:16686')).toBe(200);
});

test('keeps silent connections open, and ends them when it is closed', async () => {
  const answer = await fetch(`${url}/events`);
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (/idle[\s\S]*\n\n:\n\n/.test(text)) await server.close();
  }
  expect(text).toMatch(/^retry: 1000\n\n(?::\n\n)*event: idle\ndata: \{\}\n\n(?::\n\n)+$/);
});

test('shows one more hint each time it is asked, three in all', async () => {
  expect((await post('/3/hint')).status).toBe(409);
  await recordVerdict(folders, LESSON, FAILED);
  const answers = [];
  for (let time = 0; time < 4; time++) answers.push(await (await post('/3/hint')).json());
  expect(answers).toEqual([
    { hints: ['one'], moreHints: true },
    { hints: ['one', 'two'], moreHints: true },
    { hints: ['one', 'two', 'three'], moreHints: false },
    { hints: ['one', 'two', 'three'], moreHints: false },
  ]);
  expect((await get('/3')).verdict.hints).toEqual(['one', 'two', 'three']);
});

test('asks the questions of lesson 0, takes an answer, and says why they cannot be had', async () => {
  const given = { question: 'root', answer: ' refuel ' };
  for (const body of [{}, given])
    expect(await (await post('/0/questions?lang=zh-CN', body)).json()).toEqual({
      traceId: 'abc',
      questions: [],
    });
  expect(asked).toEqual([
    [0, 'zh-CN', undefined],
    [0, 'zh-CN', { question: 'root', answer: 'refuel' }],
  ]);
  const lost = await post('/0/questions?lang=zh-CN', { ...given, answer: 'lost' });
  expect([lost.status, await lost.json()]).toEqual([503, { error: '追踪后端启动失败：no room' }]);
});

test.each([
  ['/3/questions', {}, 404],
  ['/0/questions', { question: 'seed', answer: '1' }, 400],
  ['/0/questions', { question: 'root' }, 400],
  ['/0/questions', { question: 'root', answer: 7 }, 400],
  ['/0/questions', { question: 'root', answer: 'x'.repeat(201) }, 400],
])('%s with %j is refused', async (path, body, status) => {
  expect((await post(path, body)).status).toBe(status);
  expect(asked).toEqual([]);
});

test('gives the code of a lesson that is passed, and of no other: yours, finished, with OpenTelemetry', async () => {
  expect((await fetch(`${url}/3/code`)).status).toBe(409);
  await recordVerdict(folders, LESSON, FAILED);
  expect(await get('/3/code')).toEqual({ error: 'lesson 3 is not passed yet' });
  const steps = FAILED.steps.map(({ id }) => ({ id, passed: true }));
  await recordVerdict(folders, LESSON, { ...FAILED, passed: true, steps });
  await mkdir(join(folders.work, '03-http'), { recursive: true });
  await writeFile(join(folders.work, '03-http', 'http-client.ts'), 'mine();\n');
  await writeFile(join(folders.work, '03-http', 'secret.ts'), 'never();\n');

  const { files, today } = await get('/3/code?lang=zh-CN');
  const names = files.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['http-client.ts', 'http-service1.ts', 'of-your-own.ts']);
  expect(files[0].yours).toBe('mine();\n');
  expect(files[0].finished).toContain('.inject(');
  expect(files[0].finished).not.toContain('#region');
  expect(files[1].yours).toBe('');
  const text = await readFile(
    new URL('../../03-http/today/http-client.ts', import.meta.url),
    'utf8',
  );
  expect(today[0]).toEqual({ name: 'http-client.ts', text });
  expect(today).toHaveLength(2);
});

test('gives the files that its text links, as text, and no others', async () => {
  const file = (path: string) => fetch(`${url}/3/files?${new URLSearchParams({ path })}`);
  const today = await file('lessons/03-http/today/http-client.ts');
  expect([today.status, today.headers.get('content-type')]).toEqual([
    200,
    'text/plain; charset=utf-8',
  ]);
  expect(await today.text()).toContain('@opentelemetry/api');
  for (const path of ['lessons/03-http/lesson.yaml', '.progress.json', '../x', '/etc/passwd', ''])
    expect((await file(path)).status).toBe(404);
});

describe('refuses', () => {
  test.each([
    ['another site', {}, { Origin: 'http://evil.example' }, 403],
    ['what is no JSON', 'step=3.1', { 'Content-Type': 'text/plain' }, 415],
    ['a form', 'step=3.1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['broken JSON', '{', {}, 400],
    ['a step that is none', { step: '3.9' }, {}, 400],
    ['too much', { step: 'x'.repeat(5000) }, {}, 413],
  ])('%s', async (_what, body, headers, status) => {
    const answer = await post('/3/check', body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('error');
    expect(asked).toEqual([]);
  });

  test.each([
    ['/9'],
    ['/9/code'],
    ['/3/code/inner.ts'],
    ['/3/code/..%2fsecret'],
    ['/3/nothing'],
    ['/03'],
    ['/3/check'],
  ])('GET %s', async (path) => {
    expect((await fetch(url + path)).status).toBe(404);
  });
});

test('goes on after a broken file of progress or verdicts', async () => {
  await recordVerdict(folders, LESSON, FAILED);
  await writeFile(folders.progressFile, '{');
  await writeFile(join(folders.verdicts, '03-http.json'), '{"lesson":');
  expect(await get('/3')).not.toHaveProperty('verdict');
});
