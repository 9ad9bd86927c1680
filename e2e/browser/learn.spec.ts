import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { learnersTraces, serveLessons, verdict } from './lesson-fake.ts';
import { expect, test } from './test.ts';

const CUT_OFF = { service1: { traceId: 'def0123456789abc', tags: { 'span.kind': 'server' } } };
const NO_URL = { call: { tags: { 'span.kind': 'client', 'http.method': 'GET' } } };
const rows = '.overlay-rows > li';

test('a stack without lessons offers none, and says how to get them', async ({ page }) => {
  await page.goto('search');
  await expect(page.getByRole('button', { name: 'Find traces' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Learn' })).toHaveCount(0);
  await page.goto('learn/3');
  await expect(page.getByRole('main')).toContainText('npm start');
});

test('a server that is not well is not taken for one without lessons', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /status of 503/;
  await page.route('**/api/lessons**', (route) => route.fulfill({ status: 503, body: 'busy' }));
  await page.goto('learn');
  await expect(page.getByRole('alert')).toContainText('HTTP 503');
  await page.unroute('**/api/lessons**');
  await serveLessons(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lessons');
});

test('from the search to the list of lessons, to one, and back', async ({ page, complaints }) => {
  complaints.allowed = /status of 404/;
  await serveLessons(page);
  await page.goto('search');
  await page.getByRole('link', { name: 'Learn' }).click();
  await expect(page).toHaveTitle('Lessons · Spoor');
  await expect(page.getByRole('listitem').filter({ hasText: '1 of 4 steps' })).toHaveCount(1);
  await page.getByRole('main').getByRole('link').last().click();
  await expect(page).toHaveURL(/\/learn\/3$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lesson 3');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lessons');
  await page.goto('learn/9');
  await expect(page.getByRole('heading', { name: 'There is no such lesson' })).toBeVisible();
});

test('before there is a trace the expected one is drawn', async ({ page }) => {
  await serveLessons(page);
  await page.goto('learn/3');
  await expect(page.locator(`${rows}:not(.matched, .own)`)).toHaveCount(3);
  await expect(page.getByRole('status')).toContainText('No trace yet');
  await expect(page.getByRole('button', { name: 'Hint' })).toBeDisabled();
});

test('what arrives is judged by its shape, and the picture follows', async ({ page }) => {
  const lessons = await serveLessons(page, { passed: 3 });
  await page.goto('learn/3');
  await expect(page.locator(`${rows}:not(.matched, .own)`)).toHaveCount(3);
  lessons.traces = learnersTraces(CUT_OFF);
  await expect(page.getByRole('status')).toContainText('Seen in the newest run on this stack');
  const finding = page.getByRole('button', { name: '2 × trace' });
  await expect(finding).toBeVisible();
  const moved = page.locator(`${rows}.moved`);
  await expect(moved).toContainText('belongs under CallHttpService1Opname');
  await expect(page.locator('.parent-arrows g')).toHaveCount(1);
  await finding.focus();
  await page.keyboard.press('Enter');
  await expect(moved).toBeFocused();
  await expect(moved).toBeInViewport();

  lessons.traces = learnersTraces(NO_URL, 30);
  await expect(page.getByRole('listitem').filter({ hasText: 'has no tag' })).toBeVisible();
  await expect(page.locator('.marks .missing')).toHaveText(
    'http.url=http://localhost:2334/httpService1 (missing)',
  );

  lessons.traces = learnersTraces({ extra: { parent: 'front', operation: 'validate' } }, 0);
  await expect(page.getByRole('status')).toContainText('has the right shape');
  await expect(page.locator(`${rows}.own`)).toContainText('your own');
  await expect(page.locator('.findings')).toHaveCount(0);
});

test('what a later step asks for is drawn as that, and not missed', async ({ page }) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/3');
  await expect(page.locator(`${rows}.later`)).toHaveCount(1);
  const tags = { 'span.kind': 'server' };
  lessons.traces = learnersTraces({ service1: { traceId: 'def0123456789abc', tags } });
  await expect(page.getByRole('status')).toContainText('right shape as far as step 3.2');
  await expect(page.locator('.findings')).toHaveCount(0);
  await expect(page.locator('.marks .later')).toHaveText([
    'baggage=123456789 (in a later step)',
    'baggage1=12345 (in a later step)',
  ]);
  await expect(page.locator('.marks .missing')).toHaveCount(0);
  await expect(page.locator('.legend .later')).toBeVisible();
});

test('while spans may still be on their way nothing is called missing', async ({ page }) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/3');
  // From the future, so that no slow machine makes it old.
  lessons.traces = learnersTraces({ call: null }, -600);
  await expect(page.getByRole('status')).toContainText('arriving');
  await expect(page.locator('.findings')).toHaveCount(0);
  await expect(page.locator(`${rows}.missing`)).toHaveCount(1);
});

test('a newer run on the stack, whoever’s it is, is told as that, and the verdict is one click away', async ({
  page,
}) => {
  const words = { title: 'Nothing travels', why: 'Inject.' };
  const finding = { rule: 'L3-CLI-INJECT', words, expected: 'service1' };
  const at = Date.now() - 60_000;
  const lessons = await serveLessons(page, { verdict: verdict({ finding, at }) });
  await page.goto('learn/3');
  const status = page.getByRole('status');
  const mine = page.getByRole('button', { name: 'Nothing travels' });
  await expect(mine).toBeVisible();
  await expect(status).not.toContainText('not the run that was judged');
  lessons.traces = learnersTraces({}, 10);
  await expect(status).toContainText('It is not the run that was judged.');
  await expect(mine).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to the verdict' }).click();
  await expect(mine).toBeVisible();
  await expect(status).toContainText('Not yet.');
});

test('a judgement that ends without a verdict leaves nothing disabled', async ({ page }) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/3');
  const check = page.getByRole('button', { name: 'Check' });
  await expect(check).toBeEnabled();
  await lessons.tell('running', { lesson: 3 });
  await expect(check).toBeDisabled();
  await lessons.tell('idle', {});
  await expect(check).toBeEnabled();
});

test('a check is asked for, and its verdict comes with findings, hints and steps', async ({
  page,
}) => {
  const lessons = await serveLessons(page);
  lessons.traces = learnersTraces({ service1: { parent: 'front' } });
  await page.goto('learn/3');
  const pace = page.getByText('sleep() runs 10 times as fast');
  await expect(pace).toHaveCount(0);
  const check = page.getByRole('button', { name: 'Check' });
  await check.click();
  await expect(page.getByRole('status')).toContainText('Judging…');
  await expect(check).toBeDisabled();
  expect(lessons.posted).toEqual(['3/check']);
  const finding = {
    rule: 'L3-CLI-WRONGCTX',
    words: { title: 'The wrong span travels', why: 'Inject the context of `call`.' },
    expected: 'service1',
  };
  const failed = verdict({ finding, traceIds: ['abc0123456789def'] });
  await lessons.tell('verdict', { lesson: 2, verdict: failed });
  await expect(page.getByRole('status')).toContainText('Judging…');
  await lessons.tell('verdict', { lesson: 3, verdict: failed });
  await expect(page.getByRole('status')).toContainText('Not yet.');
  await expect(page.getByRole('button', { name: 'The wrong span travels' })).toBeVisible();
  await expect(page.getByText('(fails now)')).toHaveCount(1);
  await expect(pace).toBeVisible();

  await page.getByRole('button', { name: 'Hint' }).click();
  await expect.poll(() => lessons.posted).toEqual(['3/check', '3/hint']);
  const hints = ['Whatever is injected becomes the parent.'];
  await lessons.tell('verdict', { lesson: 3, verdict: { ...failed, hints, moreHints: false } });
  await expect(page.getByRole('list', { name: 'Hints' })).toContainText(hints[0] ?? '');
  await expect(page.getByRole('button', { name: 'Hint' })).toBeDisabled();

  await lessons.tell('running', { lesson: 3 });
  await expect(page.getByRole('status')).toContainText('Judging…');
  await lessons.tell('failed', { lesson: 3, message: 'the stack is gone' });
  await expect(page.getByRole('status')).toContainText('the stack is gone');

  const steps = failed.steps.map(({ id }) => ({ id, passed: true }));
  const passed = verdict({ passed: true, steps, traceIds: [] });
  await lessons.tell('verdict', { lesson: 3, verdict: passed });
  await expect(page.getByRole('status')).toContainText('All of it is right.');
  await expect(page.getByText('(passed)')).toHaveCount(4);
});

test('after a lesson is passed, and not before, its code stands beside the finished one', async ({
  page,
}) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/3');
  await expect(page.locator(`${rows}:not(.matched, .own)`)).toHaveCount(3);
  const code = page.getByRole('region', { name: 'Your code, and the finished one' });
  await expect(code).toHaveCount(0);
  const steps = verdict({}).steps.map(({ id }) => ({ id, passed: true }));
  await lessons.tell('verdict', { lesson: 3, verdict: verdict({ passed: true, steps }) });
  await expect(code.locator('summary')).toHaveText([
    'http-client.ts',
    /http-service1\.ts\s+the same as the finished one/,
  ]);
  await expect(code.locator('.yours .changed:visible')).toHaveText(['inject(root);\n']);
  await expect(code.locator('.finished .changed:visible')).toHaveCount(2);
  // What is in both stands at the same height.
  const last = code.locator('details[open] pre > :last-child');
  const [left, right] = [await last.first().boundingBox(), await last.last().boundingBox()];
  expect(left?.y).toBe(right?.y);
  expect(left?.x).toBeLessThan(right?.x ?? 0);

  await code.getByRole('button', { name: 'With OpenTelemetry' }).click();
  await expect(code).toContainText('propagation.inject');
  await expect(code.locator('.changed:visible')).toHaveCount(0);
  await expect(code.getByRole('button', { name: 'With OpenTelemetry' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('lesson 0 asks its questions on the page, keeps each answer, and hints at the one that is wrong', async ({
  page,
}) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/0');
  const first = page.getByLabel('How many spans?');
  await expect(page.getByRole('link', { name: 'Open your trace' })).toHaveAttribute(
    'href',
    /\/trace\/abc0123456789def$/,
  );
  await first.fill('6');
  await first.press('Enter');
  await expect(page.getByText('not what the trace says')).toHaveCount(1);
  expect(lessons.posted).toEqual(['0/questions spans=6', '0/check']);
  const words = { title: 'Question 1: look again', why: '6 is wrong' };
  const params = { key: 1, question: 'spans', actual: '6' };
  const finding = { rule: 'L0-ANSWER', words, params };
  const hints = ['Each line is a span.'];
  await lessons.tell('verdict', { lesson: 0, verdict: verdict({ finding, hints, step: '0.1' }) });
  // Beside its question, and not once more above all of them.
  await expect(page.getByRole('listitem').filter({ has: first })).toContainText(hints[0] ?? '');
  await expect(page.locator('.findings')).toHaveCount(0);
  await first.fill('7');
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await expect(page.locator('.questions .right')).toHaveCount(1);
  expect(await axeFindings(page)).toEqual([]);
  const next = page.getByRole('link', { name: 'Next lesson' });
  await expect(next).toHaveCount(0);
  // Answered in a terminal.
  lessons.answers['root'] = 'push-back';
  await lessons.tell('verdict', {
    lesson: 0,
    verdict: verdict({ passed: true, step: '0.1', steps: [{ id: '0.1', passed: true }] }),
  });
  await expect(page.locator('.questions .right')).toHaveCount(2);
  await expect(next).toHaveAttribute('href', /\/learn\/3$/);
  await expect(page.getByLabel('Which is the root?')).toHaveValue('push-back');
});

test('what is being typed stays while a verdict and other answers come in', async ({ page }) => {
  const lessons = await serveLessons(page);
  await page.goto('learn/0');
  const second = page.getByLabel('Which is the root?');
  await second.pressSequentially('push');
  lessons.answers['spans'] = '7';
  await lessons.tell('verdict', { lesson: 0, verdict: verdict({ step: '0.1' }) });
  await expect(page.locator('.questions .right')).toHaveCount(1);
  await expect(second).toHaveValue('push');
  await second.pressSequentially('-back');
  await second.press('Enter');
  await expect(page.locator('.questions .right')).toHaveCount(2);
  // Enter is a change and a submit, and given once.
  await expect.poll(() => lessons.posted).toEqual(['0/questions root=push-back', '0/check']);
});

test('an answer that cannot be kept stays beside the reason, and can be given again', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /status of 500/;
  const lessons = await serveLessons(page);
  await page.goto('learn/0');
  const first = page.getByLabel('How many spans?');
  await expect(first).toBeVisible();
  lessons.refuses = 'answers.json cannot be written';
  await first.fill('7');
  await first.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('answers.json cannot be written');
  await expect(page.locator('.questions li')).toHaveCount(2);
  await expect(first).toHaveValue('7');
  lessons.refuses = undefined;
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await expect(page.locator('.questions .right')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('an address whose hash is no encoded text shows the lesson all the same', async ({ page }) => {
  await serveLessons(page);
  // What an uncaught error says on the console fails each of these tests.
  await page.goto('learn/3#%');
  await expect(page.getByRole('heading', { name: 'Steps' })).toBeVisible();
});

test('the language changes in place, texts of the server too', async ({ page }) => {
  await serveLessons(page);
  await page.goto('learn/3');
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('Inject');
  await page.getByRole('button', { name: '切换到中文' }).click();
  await expect(page.getByRole('list', { name: '步骤' })).toContainText('注入');
  await expect(page).toHaveTitle(/^课程：一条 trace/);
});

test('on a narrow screen a link leads down to the trace, and a heading in the address is shown', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await serveLessons(page);
  await page.goto('learn/3?lang=en');
  const work = page.getByRole('list', { name: 'Steps' });
  await expect(work).not.toBeInViewport();
  await page.getByRole('link', { name: 'To your trace' }).click();
  await expect(work).toBeInViewport();
  await expect(page).toHaveURL(/\/learn\/3\?lang=en$/);
  await page.goto('search');
  await page.setViewportSize({ width: 390, height: 200 });
  await page.goto('learn/3#steps');
  await expect(page.getByRole('heading', { name: 'Steps' })).toBeInViewport();
});

inEachLook(() => {
  test('on the list of lessons', async ({ page }) => {
    await serveLessons(page);
    await page.goto('learn');
    await expect(page.locator('.lesson-list li')).toHaveCount(4);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('on a lesson: empty, in pieces, judged, and narrow', async ({ page }) => {
    const lessons = await serveLessons(page, { passed: 2 });
    await page.goto('learn/3');
    await expect(page.locator(`${rows}:not(.matched, .own)`)).toHaveCount(3);
    expect(await axeFindings(page)).toEqual([]);
    lessons.traces = learnersTraces({ ...CUT_OFF, ...NO_URL, extra: { parent: 'front' } });
    await expect(page.locator('.findings')).toBeVisible();
    await page.locator('.findings button').first().click();
    expect(await axeFindings(page)).toEqual([]);
    const words = { title: '`a` is wrong', why: 'because of `b`' };
    const found = { rule: 'A-TAG', words, expected: 'call' };
    await lessons.tell('verdict', {
      lesson: 3,
      verdict: verdict({
        finding: found,
        also: { ...found, expected: 'front' },
        warnings: [{ ...found, rule: 'T-DOUBLE' }],
        hints: ['one', 'two'],
        traceIds: ['abc0123456789def'],
      }),
    });
    await expect(page.locator('.findings > li')).toHaveCount(3);
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await axeFindings(page)).toEqual([]);
    const steps = verdict({}).steps.map(({ id }) => ({ id, passed: true }));
    await lessons.tell('verdict', { lesson: 3, verdict: verdict({ passed: true, steps }) });
    await expect(page.locator('.passed-code pre').first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await expectWithin(page, 400);
  });
}, ', axe-core finds nothing');
