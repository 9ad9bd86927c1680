import type { Page } from '@playwright/test';
import { runLesson3, type Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';
import { type Call, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

test.beforeEach(({ lesson }) => lesson);

test("a link that Jaeger's UI wrote shows the same search here", async ({ page, lesson }) => {
  const end = Date.now() * 1_000;
  const tags = encodeURIComponent('{"httpKey":"httpValue"}');
  await page.goto(
    `search?end=${end}&limit=20&lookback=1h&maxDuration&minDuration&service=jaeger-http-client&start=${end - 3_600e6}&tags=${tags}`,
  );
  await expect(page.getByLabel('Service', { exact: true })).toHaveValue('jaeger-http-client');
  await expect(page.getByLabel('Tags')).toHaveValue('httpKey=httpValue');
  await expect(page.getByLabel('Lookback')).toHaveValue('1h');
  await expect(page.getByRole('main')).toContainText(lesson.traceId.slice(0, 7));
});

test('filters go into the address, and the list follows them', async ({ page, lesson }) => {
  await page.goto('');
  await page.getByLabel('Tags').fill('baggage1=12345');
  await page.getByLabel('Service', { exact: true }).selectOption('jaeger-http-service1');
  await page.getByLabel('Operation', { exact: true }).selectOption('jaegerHttpService1Opname');
  await page.getByRole('button', { name: 'Find traces' }).click();
  await expect(page).toHaveURL(
    /operation=jaegerHttpService1Opname&service=jaeger-http-service1&start=\d+&tags=%7B%22baggage1%22%3A%2212345%22%7D$/,
  );
  await expect(page.getByRole('main')).toContainText(lesson.traceId.slice(0, 7));

  await page.getByLabel('Tags').fill('baggage1=nothing');
  await page.getByRole('button', { name: 'Find traces' }).click();
  await expect(page.getByRole('heading', { name: 'No trace matches' })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Tags')).toHaveValue('baggage1=12345');
});

test('what the server refuses is said in its own words', async ({ page, complaints }) => {
  complaints.allowed = /status of 400/;
  await page.goto('search?service=jaeger-http-client&minDuration=10');
  await expect(page.getByRole('alert')).toContainText('time: missing unit in duration "10"');
});

test('the box in the header opens a trace by whatever names it', async ({ page, lesson }) => {
  await page.goto('');
  const box = page.getByRole('textbox', { name: 'Trace id' });
  await box.fill('frontend');
  await box.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('A trace id is 1 to 32 hex digits.');
  await box.fill(` ${lesson.traceId.toUpperCase()}:0:0:1`);
  await box.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/trace/${lesson.traceId}$`));
});

test('a trace that is not there is said not to be, with what may be the reason', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /status of 404/;
  await page.goto('trace/abc');
  await expect(page.getByRole('alert')).toContainText('trace not found');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('an empty store says what to run, and the first span shows by itself', async ({ page }) => {
  await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
  const empty = JSON.parse(program.ready[0]) as Stack;
  await page.goto(`${empty.queryUrl}/`);
  await expect(page.getByRole('heading', { name: 'No spans have arrived' })).toBeVisible();
  await expect(page.getByText('npm run lesson:3')).toBeVisible();
  // Listening to what arrives does not take that away.
  const searched = page.waitForResponse(/api\/traces\?/);
  await page.getByRole('button', { name: 'Live' }).click();
  await searched;
  await page.waitForResponse(/api\/services$/);
  await expect(page.getByText('npm run lesson:3')).toBeVisible();
  await page.getByRole('button', { name: 'Live' }).click();
  const first = await runLesson3(empty, 0.1);
  await expect(page.getByRole('main')).toContainText(first.traceId.slice(0, 7));
  // Before its server goes, from which it would go on reading.
  await page.goto('about:blank');
});

/** A link that names these. */
const linkTo = (traceIds: readonly string[]) =>
  `search?${traceIds.map((id) => `traceID=${id}`).join('&')}`;

/** The colour of each service that the page shows. */
const colors = (page: Page) =>
  page.evaluate<[string, string][]>(
    `[...document.querySelectorAll('.services > li')].map((li) =>
      [li.innerText.replace(/\\s*\\d+$/, ''), getComputedStyle(li.querySelector('.swatch')).backgroundColor])`,
  );

for (const [part, said] of [
  ['tags=%7Bbad', 'tags={bad'],
  ['tags=error%3D%22x', 'tags=error="x'],
  ['tag=error', 'tag=error'],
  ['limit=abc', 'limit=abc'],
] as const)
  test(`a link whose ${said} cannot be read says so, and searches nothing`, async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`search?service=jaeger-http-client&${part}`);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('This address cannot be read');
    await expect(alert).toContainText(said);
    expect(asked.filter((path) => path.endsWith('/api/traces'))).toEqual([]);
  });

test('a link that names traces by their ids shows them, and says which are not there', async ({
  page,
  lesson,
}) => {
  await page.goto(`search?traceID=${lesson.traceId}&traceID=e44`);
  await expect(page.locator('.found')).toContainText(lesson.traceId.slice(0, 7));
  await expect(page.locator('.found > li')).toHaveCount(1);
  await expect(page.getByRole('main')).toContainText('Of these ids no trace is stored');
  await expect(page.getByRole('main')).toContainText('e44');
});

test('ten services: a colour for each as long as there are any, and the same for whoever opens the link', async ({
  page,
  browser,
  baseURL,
  stack,
}) => {
  const call = (number: number): Call => ({
    service: `svc-${number}`,
    name: 'op',
    at: 0,
    lasts: 5,
  });
  const others = Array.from({ length: 9 }, (_, i) => call(i + 1));
  const ten = await sendShopTrace(stack, { ...call(0), calls: others });
  const two = await sendShopTrace(stack, { ...call(0), calls: [call(8)] });
  const one = await sendShopTrace(stack, call(8));
  await page.goto(linkTo([ten, two, one]));
  await expect(page.locator('.found > li')).toHaveCount(3);
  const found = await colors(page);
  expect(found).toHaveLength(13);
  expect(new Set(found.map(([name, color]) => `${name} ${color}`)).size).toBe(10);
  expect(new Set(found.map(([, color]) => color)).size).toBe(8);
  await page.goto(`trace/${two}`);
  await expect(page.getByRole('treegrid')).toBeVisible();
  const after = await colors(page);
  expect(new Set(after.map(([, color]) => color)).size).toBe(2);

  const somebodyElse = await browser.newPage({ baseURL: baseURL ?? '' });
  await somebodyElse.goto(`trace/${one}`);
  await expect(somebodyElse.getByRole('treegrid')).toBeVisible();
  await somebodyElse.goto(`trace/${two}`);
  await expect(somebodyElse.getByRole('treegrid')).toBeVisible();
  expect(await colors(somebodyElse)).toEqual(after);
  await somebodyElse.close();
});

test('drawing the list keeps nothing in the browser', async ({ page }) => {
  await page.goto('search?service=jaeger-http-client');
  await expect(page.locator('.found > li')).not.toHaveCount(0);
  expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
});

test('beside a trace of a day the others keep their bars, and the list says where bars end', async ({
  page,
  stack,
}) => {
  const send = (lasts: number) =>
    sendShopTrace(stack, { service: 'bars', name: 'op', at: 0, lasts }, 60_000);
  const usual = [await send(300), await send(350), await send(412)];
  await page.goto(linkTo([...usual, await send(86_400_000)]));
  await expect(page.getByRole('main')).toContainText(
    'Bars end at 412 ms; longer traces are cut off',
  );
  const rows = page.locator('.found > li');
  const parts = await page.evaluate<number[]>(
    `[...document.querySelectorAll('.length')].map(({ offsetWidth, children }) =>
      Math.round((100 * children[0].offsetWidth) / offsetWidth))`,
  );
  expect(parts.toSorted((a, b) => a - b)).toEqual([73, 85, 100, 100]);
  await expect(rows.locator('.cut')).toHaveCount(1);
  await expect(rows.filter({ hasText: '1d' }).locator('.cut')).toBeVisible();

  await page.goto(linkTo(usual));
  await expect(rows).toHaveCount(3);
  await expect(page.locator('.scale')).toHaveCount(0);
});
