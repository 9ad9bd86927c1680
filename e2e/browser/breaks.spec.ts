import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { type Call, GOOD, sendShopTrace, sendTraceOf } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** Long ago, so that no other test's traces lie in the same time. */
const HOUR = 3_600_000;

const card = (page: Page, title: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });

const order = (calls: readonly Call[], rest: Partial<Call> = {}): Call => ({
  service: 'orders',
  name: 'POST /order',
  kind: 'server',
  at: 0,
  lasts: 400,
  calls,
  ...rest,
});

test('a call whose context was not carried on is told, with the other trace and the lines to add', async ({
  page,
  stack,
}) => {
  const call: Call = {
    service: 'orders',
    name: 'call stock',
    kind: 'client',
    at: 50,
    lasts: 200,
    tags: { 'http.url': 'http://stock:80/reserve' },
  };
  const request: Call = {
    service: 'stock',
    name: 'reserve',
    kind: 'server',
    at: 52,
    lasts: 190,
    tags: { 'http.target': '/reserve' },
  };
  const began = Date.now() - HOUR;
  const caller = await sendTraceOf(stack, order([call]), began);
  const callee = await sendTraceOf(stack, request, began);

  await page.goto(`trace/${caller}?uiView=breaks`);
  await expect(page.getByRole('heading', { name: '1 break', exact: true })).toBeVisible();
  const goesOn = card(page, 'This trace probably goes on in another one');
  await expect(goesOn).toContainText('The request lies within the call, and fills 95% of it.');
  await expect(goesOn).toContainText('Both name the same path of a URL.');
  await expect(goesOn).toContainText(
    'tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);',
  );
  await expect(goesOn).toContainText('tracer.extract(FORMAT_HTTP_HEADERS, request.headers);');
  // The dotted lines lead from the request up into the call.
  await expect(goesOn.getByRole('figure')).toHaveAccessibleName(
    /The call orders call stock \(200 ms\).*the request stock reserve \(190 ms\)/,
  );
  await expect(goesOn.locator('svg path')).toHaveCount(2);
  expect(await axeFindings(page)).toEqual([]);

  await goesOn.getByRole('link', { name: 'stock reserve' }).click();
  await expect(page).toHaveURL(new RegExp(`/trace/${callee}\\?span=`));
  await page.getByRole('tab', { name: 'Breaks' }).click();
  const begins = card(page, 'This trace probably begins in another one');
  await expect(begins.getByRole('link', { name: 'orders call stock' })).toHaveAttribute(
    'href',
    new RegExp(`/trace/${caller}\\?span=`),
  );
});

test('a span that was never finished and a caller that is missing are told apart', async ({
  page,
  stack,
}) => {
  const work: Call = { service: 'orders', name: 'check', at: 20, lasts: 10 };
  const taken: Call = { service: 'stock', name: 'reserve', kind: 'server', at: 52, lasts: 90 };
  const traceId = await sendShopTrace(
    stack,
    order([
      { service: 'orders', name: 'never finished', at: 10, lasts: 30, isLost: true, calls: [work] },
      {
        service: 'orders',
        name: 'call',
        kind: 'client',
        at: 50,
        lasts: 100,
        isLost: true,
        calls: [taken],
      },
    ]),
    2 * HOUR,
  );
  await page.goto(`trace/${traceId}`);
  await page.getByRole('link', { name: '2' }).click();
  await expect(page).toHaveURL(/uiView=breaks$/);
  const own = card(page, 'A span of orders was never finished, or never sent');
  await expect(own).toContainText('1 span of the same process ended later and arrived');
  await expect(own).toContainText('span.finish();');
  await expect(own).not.toContainText('closer.close()');
  const caller = card(page, 'The caller of stock is missing');
  await expect(caller).toContainText(
    'The caller’s process ended before its tracer had sent the span.',
  );
  await expect(caller).toContainText('await closer.close();');
  await own.getByRole('link', { name: 'orders check' }).click();
  await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText('check');
});

test('clocks that disagree are told by the call that shows it', async ({ page, stack }) => {
  const taken: Call = { service: 'stock', name: 'reserve', kind: 'server', at: -2_000, lasts: 90 };
  const call: Call = {
    service: 'orders',
    name: 'call',
    kind: 'client',
    at: 50,
    lasts: 100,
    calls: [taken],
  };
  const traceId = await sendShopTrace(stack, order([call]), 3 * HOUR);
  await page.goto(`trace/${traceId}?uiView=breaks`);
  const clocks = card(page, 'The clocks of orders and stock disagree');
  await expect(clocks).toContainText('starts 2.05 s before the one that called it');
  await expect(clocks).toContainText('The clock of stock is about 2.06 s behind.');
  await expect(clocks).toContainText('--query.max-clock-skew-adjustment');
});

test('of a trace that is whole it is said what was looked for', async ({ page, stack }) => {
  const traceId = await sendShopTrace(stack, GOOD, 4 * HOUR);
  await page.goto(`trace/${traceId}?uiView=breaks`);
  await expect(
    page.getByRole('heading', { name: 'This trace is whole, as far as can be seen' }),
  ).toBeVisible();
  await expect(page.getByText(/^Compared with 0 traces of/)).toBeVisible();
  await expect(page.getByText('Every span’s parent is here.')).toBeVisible();
});

test('nothing is said to be whole, or counted, before other traces have been looked at', async ({
  page,
  stack,
}) => {
  const call: Call = { service: 'orders', name: 'call', kind: 'client', at: 20, lasts: 10 };
  const traceId = await sendShopTrace(stack, order([call]), 6 * HOUR);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/api/services', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`trace/${traceId}?uiView=breaks`);
  const title = page.locator('#breaks-title');
  await expect(title).toHaveText('Looking into other traces…');
  goOn();
  await expect(title).toHaveText('This trace is whole, as far as can be seen');
});

test('the search in other traces may fail, and what the trace itself shows stays', async ({
  page,
  stack,
  complaints,
}) => {
  complaints.allowed = /status of 503/;
  const work: Call = { service: 'orders', name: 'check', at: 20, lasts: 10 };
  const lost: Call = {
    service: 'orders',
    name: 'lost',
    at: 10,
    lasts: 30,
    isLost: true,
    calls: [work],
  };
  const traceId = await sendShopTrace(stack, order([lost]), 5 * HOUR);
  await page.route('**/api/services', (route) =>
    route.fulfill({ status: 503, json: { data: null, errors: [{ code: 503, msg: 'no store' }] } }),
  );
  await page.goto(`trace/${traceId}?uiView=breaks`);
  await expect(page.getByRole('alert')).toHaveText('The other traces could not be read: no store');
  await expect(card(page, 'A span of orders was never finished, or never sent')).toBeVisible();
});
