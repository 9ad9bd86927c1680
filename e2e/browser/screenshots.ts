/**
 * Takes the pictures of docs/images: every page, of traces that the lessons made, in a network of its own in which the
 * lessons' ports are free. `npm run screenshots -- [NAME…]`
 */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { scriptArgs } from '@spoor/platform';
import { CHECKOUT, whyNoNamespaces } from '../network-namespace.ts';
import buildUi from './build-ui.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { startLearnerStack } from './learner-stack.ts';
import type { LessonSpan } from './lesson-trace.ts';

const UI = 'http://localhost:16686';
/** A page of documentation is read over slow lines, too. */
const MOST_BYTES = 150_000;
/** What is waited for is a program of a lesson, or a judgement. */
const WITHIN_MS = 120_000;

interface Traces {
  /** Of lesson 3, the newest and the one before. */
  readonly http: readonly [string, string];
  /** A span of the newest. */
  readonly callSpanId: string;
  /** Of lesson 2, by a program in which a span is never finished. */
  readonly broken: string;
}

interface Picture {
  /** What makes what is shown, beside the traces. */
  readonly before?: () => Promise<unknown>;
  /** Below `UI`. */
  readonly path: (traces: Traces) => string;
  /** What is there once the page is. */
  readonly shows: string;
  /** What is taken of the page; absent: all that is seen of it. */
  readonly part?: string;
  readonly height?: number;
  /** What is done before it is taken. */
  readonly open?: (page: Page) => Promise<void>;
  readonly locale?: 'zh-CN';
  readonly colorScheme?: 'dark';
}

const PICTURES: Readonly<Record<string, Picture>> = {
  'trace-page': {
    path: ({ http, callSpanId }) => `trace/${http[0]}?span=${callSpanId}`,
    shows: '.span-panel',
    height: 680,
  },
  'trace-page.zh-CN': {
    path: ({ http, callSpanId }) => `trace/${http[0]}?span=${callSpanId}`,
    shows: '.span-panel',
    height: 680,
    locale: 'zh-CN',
  },
  'trace-page-dark': {
    path: ({ http }) => `trace/${http[0]}?critical=1`,
    shows: '.row .critical',
    height: 480,
    colorScheme: 'dark',
  },
  search: { path: () => 'search', shows: '.plot-bar' },
  'search-table': {
    path: () => 'search',
    shows: '.plot-bar',
    open: async (page) => {
      await page.getByRole('button', { name: 'Table' }).click();
      await page.locator('.result-table [data-row]').first().waitFor();
    },
  },
  'trace-ghost': { path: ({ broken }) => `trace/${broken}`, shows: '.row.ghost', height: 560 },
  'trace-breaks': { path: ({ broken }) => `trace/${broken}?uiView=breaks`, shows: 'article' },
  'trace-graph': { path: ({ http }) => `trace/${http[0]}?uiView=graph`, shows: '.trace-node' },
  'trace-flame': { path: ({ http }) => `trace/${http[0]}?uiView=flame`, shows: '.flame-node' },
  'trace-statistics': {
    path: ({ http }) => `trace/${http[0]}?uiView=statistics`,
    shows: '[data-row]',
    height: 480,
  },
  'trace-logs': {
    path: ({ http }) => `trace/${http[0]}?uiView=logs`,
    shows: '[data-row]',
    height: 480,
  },
  'trace-json': {
    path: ({ http }) => `trace/${http[0]}?uiView=json`,
    shows: 'pre, code',
    height: 560,
  },
  'trace-wire': {
    path: ({ http }) => `trace/${http[0]}?uiView=wire`,
    shows: '.wire-row',
    height: 520,
  },
  compare: { path: ({ http }) => `trace/${http[1]}...${http[0]}`, shows: '[data-row]' },
  services: { path: () => 'dependencies', shows: '.node-figures' },
  monitor: { path: () => 'monitor?service=jaeger-http-service1', shows: '.chart-values b' },
  // The last: what the judge sends would be in the others.
  lesson: {
    before: () =>
      judge(
        3,
        '03-http',
        ['services/src/http-client.ts', 'services/src/http-service1.ts'],
        'wrong-context',
      ),
    path: () => 'learn/3',
    shows: '.overlay-rows > .moved',
    part: '.lesson-work',
    height: 780,
  },
};

const { positionals } = scriptArgs(
  {
    script: 'screenshots',
    takes: '[NAME…]',
    summary: `Takes the pictures of docs/images, all of them or those named: ${Object.keys(PICTURES).join(', ')}.`,
  },
  { allowPositionals: true },
);
const wanted = positionals.length > 0 ? positionals : Object.keys(PICTURES);
const unknown = wanted.filter((name) => !(name in PICTURES));
if (unknown.length > 0) throw new Error(`[screenshots] no such picture: ${unknown.join(', ')}`);
const executablePath = chromiumPath();
if (!executablePath) throw new Error(`[screenshots] ${NO_CHROMIUM}`);
const noNetwork = whyNoNamespaces();
if (noNetwork) throw new Error(`[screenshots] ${noNetwork}`);

buildUi();
await using learner = await startLearnerStack(executablePath);
const { root, env, namespace, browser } = learner;
const traces = await makeTraces();
for (const name of wanted) await take(browser, name, traces);

/** Lesson 2 as a learner has it who forgot to finish a span, lesson 3 five times, and lesson 4 for three people. */
async function makeTraces(): Promise<Traces> {
  const node = [process.execPath, '--import', 'tsx'];
  const service1 = namespace.run([...node, 'services/src/http-service1.ts']);
  const client = namespace.run([...node, 'services/src/http-client.ts']);
  const greeter = namespace.run([...node, 'services/src/greeter.ts']);
  await Promise.all([service1, client, greeter].map((each) => each.until(/listening on/)));
  for (let i = 0; i < 5; i++) await fetchText('http://localhost:2333/http');
  for (const name of ['Ada', 'Grace', 'boom'])
    await namespace.run([...node, 'services/src/greeter-client.ts', name]).ended;
  await judge(2, '02-inner', ['lessons/02-inner/solution/inner.ts'], 'own-span-never-finished');
  const http = await tracesOf('jaeger-http-client', 5);
  // Lesson 3's judge needs their ports.
  for (const { child, ended } of [service1, client, greeter]) {
    child.kill('SIGTERM');
    await ended;
  }
  const [broken] = (await tracesOf('inner', 1)).filter(({ spans }) => spans.length > 1);
  const [last, before] = http;
  if (!last || !before || !broken) throw new Error('[screenshots] a trace did not arrive');
  const isCall = ({ operationName }: LessonSpan) => operationName === 'CallHttpService1Opname';
  return {
    http: [last.traceID, before.traceID],
    callSpanId: last.spans.find(isCall)?.spanID ?? '',
    broken: broken.traceID,
  };
}

/** Judges the finished programs of a lesson as a learner has them who made a mistake. */
async function judge(
  lesson: number,
  id: string,
  finished: readonly string[],
  mistakeName: string,
): Promise<void> {
  const folder = join(root, 'work', id);
  await mkdir(folder, { recursive: true });
  for (const file of finished) await copyFile(join(CHECKOUT, file), join(folder, basename(file)));
  const mistake = join(CHECKOUT, 'lessons', id, 'mistakes', `${mistakeName}.patch`);
  const { status, stderr } = spawnSync('git', ['apply', mistake], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`[screenshots] ${stderr}`);
  await namespace.run(['npm', 'run', `check:${lesson}`, '--', '--lang', 'en'], env).ended;
}

interface FoundTrace {
  readonly traceID: string;
  readonly spans: readonly (LessonSpan & { readonly startTime: number })[];
}

/** The newest first, once there are `count`. */
async function tracesOf(service: string, count: number): Promise<FoundTrace[]> {
  const deadline = performance.now() + WITHIN_MS;
  const startOf = ({ spans }: FoundTrace) => Math.min(...spans.map(({ startTime }) => startTime));
  while (performance.now() < deadline) {
    const answer = await fetchText(`${UI}/api/traces?service=${service}`);
    const { data } = JSON.parse(answer) as { data: FoundTrace[] };
    if (data.length >= count) return data.sort((a, b) => startOf(b) - startOf(a));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`[screenshots] ${count} traces of ${service} did not arrive`);
}

function fetchText(url: string): Promise<string> {
  return namespace.evaluate(
    `const answer = await fetch(${JSON.stringify(url)}); process.stdout.write(await answer.text());`,
  );
}

async function take(browser: Browser, name: string, traces: Traces): Promise<void> {
  const picture = PICTURES[name] as Picture;
  await picture.before?.();
  const page = await browser.newPage({
    viewport: { width: 1280, height: picture.height ?? 720 },
    colorScheme: picture.colorScheme ?? 'light',
    locale: picture.locale ?? 'en',
  });
  await page.goto(`${UI}/${picture.path(traces)}`);
  await page.locator(picture.shows).first().waitFor({ timeout: WITHIN_MS });
  await picture.open?.(page);
  // What is drawn a frame later, such as a canvas, is in the picture too.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
  const path = join(CHECKOUT, 'docs/images', `${name}.png`);
  const taken = picture.part === undefined ? page : page.locator(picture.part);
  await taken.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await page.close();
  const { size } = await stat(path);
  console.log(`${name}.png  ${Math.round(size / 1_000)} kB`);
  if (size > MOST_BYTES)
    throw new Error(`[screenshots] ${name}.png is larger than ${MOST_BYTES} bytes`);
}
