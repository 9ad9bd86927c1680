// Lesson 2 as a learner works on it who has the page open: the lessons server that `npm start` carries, and the judge.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { CHECKOUT, whyNoNamespaces } from '../network-namespace.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { type LearnerStack, startLearnerStack } from './learner-stack.ts';

const executablePath = chromiumPath();
const noNetwork = whyNoNamespaces();
test.skip(executablePath === undefined, NO_CHROMIUM);
test.skip(noNetwork !== undefined && !process.env['CI'], noNetwork ?? '');
// Three judgements, each of which runs the learner's program, some with a whole run before it.
test.setTimeout(300_000);

const SOLUTION = join(CHECKOUT, 'lessons/02-inner/solution/inner.ts');
const MISTAKE = join(CHECKOUT, 'lessons/02-inner/mistakes/wrong-context.patch');
const JUDGED = { timeout: 90_000 };

let learner: LearnerStack;
let page: Page;
const complaints: string[] = [];

test.beforeEach(async () => {
  learner = await startLearnerStack(executablePath ?? '');
  page = await learner.browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'en' });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

test.afterEach(async () => {
  await learner?.[Symbol.asyncDispose]();
  expect(complaints.splice(0)).toEqual([]);
});

test('start, mistake and solution of lesson 2 are judged on the page of npm start, without loading it anew', async () => {
  const { root, env, namespace, stack } = learner;
  const folder = join(root, 'work/02-inner');
  const mine = join(folder, 'inner.ts');
  await page.goto('http://localhost:16686/learn/2');
  const status = page.getByRole('status');
  const finding = page.locator('.findings > .main');
  const check = page.getByRole('button', { name: 'Check' });
  const passed = page.getByRole('list', { name: 'Steps' }).getByText('(passed)');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Lesson 2/);
  await expect(page.locator('.prose')).not.toContainText('简体中文');
  await expect(status).toContainText('No trace yet');
  await page.evaluate('window.sameDocument = true');

  // The page begins for the learner, who has touched nothing yet.
  await check.click();
  await expect(status).toContainText('Judging…');
  await expect(finding).toContainText('3 traces instead of one', JUDGED);
  await expect(finding).toContainText('T-SPLIT');
  await expect(check).toBeEnabled();
  await expect(passed).toHaveCount(0);
  expect(await readFile(mine, 'utf8')).toBe(
    await readFile(join(CHECKOUT, 'lessons/02-inner/start/inner.ts'), 'utf8'),
  );
  await page.getByRole('button', { name: 'Hint' }).click();
  await expect(page.getByRole('list', { name: 'Hints' }).getByRole('listitem')).toHaveCount(1);

  // Judged in another terminal: the page hears of it.
  await mkdir(folder, { recursive: true });
  await copyFile(SOLUTION, mine);
  const patched = spawnSync('git', ['apply', MISTAKE], { cwd: folder, encoding: 'utf8' });
  expect(patched.stderr).toBe('');
  expect(await readFile(mine, 'utf8')).not.toBe(await readFile(SOLUTION, 'utf8'));
  const terminal = namespace.run(['npm', 'run', 'check:2', '--', '--lang', 'en'], env);
  await expect(finding).toContainText('L2-CTX', JUDGED);
  expect(await terminal.ended).toBe(1);
  await expect(passed).toHaveCount(2);
  await expect(page.locator('.overlay-rows > .moved')).toContainText(
    'belongs under Service1Opname',
  );

  await copyFile(SOLUTION, mine);
  await check.click();
  await expect(status).toContainText('All of it is right.', JUDGED);
  await expect(passed).toHaveCount(3);
  await expect(page.locator('.findings')).toHaveCount(0);
  await expect(page.locator('.overlay-rows > .matched')).toHaveCount(4);
  const code = page.getByRole('region', { name: 'Your code, and the finished one' });
  await expect(code.locator('summary')).toContainText('the same as the finished one');
  await code.getByRole('button', { name: 'With OpenTelemetry' }).click();
  await expect(code).toContainText('@opentelemetry/api');
  expect(await page.evaluate('window.sameDocument')).toBe(true);

  // What was passed stays so, for the list and for the next visit.
  await page.getByRole('link', { name: 'All lessons' }).click();
  await expect(page.locator('.lesson-list li.passed')).toContainText(
    'Functions inside one process',
  );
  await page.goto('http://localhost:16686/learn/2');
  await expect(passed).toHaveCount(3);
  await expect(status).toContainText('All of it is right.');

  expect(complaints).toEqual([]);
  process.kill(await namespace.pidOf(/^\S*node .*lessons\/lib\/start\.ts/), 'SIGINT');
  await expect(status).toContainText('The server does not answer', JUDGED);
  await stack.ended;
  // The browser says so on its console, as it should.
  complaints.splice(0);
});
