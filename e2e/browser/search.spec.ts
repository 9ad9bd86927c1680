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

test('an empty store says what to run, and the first span shows by itself', async ({
  page,
  lesson,
}) => {
  await page.route('**/api/services', (route) =>
    route.fulfill({ json: { data: null, errors: null } }),
  );
  await page.goto('');
  await expect(page.getByRole('heading', { name: 'No spans have arrived' })).toBeVisible();
  await expect(page.getByText('npm run lesson:3')).toBeVisible();
  await page.unroute('**/api/services');
  await expect(page.getByRole('main')).toContainText(lesson.traceId.slice(0, 7));
});
