import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { type Call, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** A call from one service to another, both spans of it. */
const call = (
  from: string,
  to: string,
  lasts: number,
  fails: boolean,
  calls: readonly Call[] = [],
): Call => ({
  service: from,
  name: `call ${to}`,
  kind: 'client',
  at: 1,
  lasts: lasts + 2,
  calls: [{ service: to, name: 'serve', kind: 'server', at: 2, lasts, fails, calls }],
});

// Names of their own: the stack has traces of other tests too.
test.beforeAll(async ({ stack, shop }) => {
  expect(shop.good).not.toBe('');
  for (const fails of [false, false, false, true])
    await sendShopTrace(stack, {
      service: 'desk',
      name: 'GET /',
      kind: 'server',
      at: 0,
      lasts: 100,
      calls: [call('desk', 'ledger', 80, fails, [call('ledger', 'vault', 40, false)])],
    });
  for (let i = 0; i < 2; i++)
    await sendShopTrace(stack, {
      service: 'orders',
      name: 'open',
      at: 0,
      lasts: 600,
      calls: [call('orders', 'vault', 500, true)],
    });
});

const node = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Services and their calls' }).getByRole('link', { name });
const rows = (page: Page) => page.getByRole('grid').locator('[data-row]');

test('the graph shows who calls whom, how often, and how the called ones answer', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('navigation').getByRole('link', { name: 'Services' }).click();
  await expect(page).toHaveURL(/\/dependencies$/);
  await expect(page).toHaveTitle('Services · Spoor');
  await expect(page.getByRole('heading', { name: 'Service graph' })).toBeVisible();
  await expect(node(page, 'ledger')).toContainText('p95 80 ms');
  await expect(node(page, 'ledger')).toContainText('25%');
  await expect(node(page, 'desk')).not.toContainText('%');
  const left = async (name: string) => (await node(page, name).boundingBox())?.x ?? 0;
  expect(await left('desk')).toBeLessThan(await left('ledger'));
  expect(await left('ledger')).toBeLessThan(await left('vault'));
  await expect(rows(page).filter({ hasText: 'ledger' })).toHaveText([
    /desk\s*ledger\s*4\s*25%\s*80 ms/,
    /ledger\s*vault\s*4\s*0%\s*40 ms/,
  ]);
});

test('each call has its own errors and latency, whoever else calls the same service', async ({
  page,
}) => {
  await page.goto('dependencies?service=vault');
  const labels = page.locator('.edge-label');
  await expect(labels).toHaveCount(2);
  await expect(labels.filter({ hasText: '40 ms' })).toHaveText(/^4\s*p95 40 ms$/);
  await expect(labels.filter({ hasText: '500 ms' })).toHaveText(/^2\s*Errors\s*100%\s*p95 500 ms$/);
  await expect(page.locator('.edges > path.failed')).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'orders' })).toHaveText(
    /orders\s*vault\s*2\s*100%\s*500 ms/,
  );
  expect(await axeFindings(page)).toEqual([]);
});

test('a service can be focused on: by click, by choice, by a line of the list, by link', async ({
  page,
}) => {
  await page.goto('dependencies');
  await node(page, 'ledger').click();
  await expect(page).toHaveURL(/\?service=ledger$/);
  await expect(node(page, 'desk')).toBeVisible();
  await expect(node(page, 'vault')).toBeVisible();
  await expect(node(page, 'payment')).toHaveCount(0);
  await expect(rows(page)).toHaveCount(2);
  const lists = page.getByRole('complementary', { name: 'Lists' });
  await expect(lists.getByRole('heading', { name: 'ledger' })).toBeVisible();
  await expect(lists).toContainText('95th percentile');
  await expect(lists.getByRole('link', { name: 'Find its traces' })).toHaveAttribute(
    'href',
    '/search?service=ledger',
  );
  await page.getByLabel('Focus').selectOption('desk');
  await expect(node(page, 'vault')).toHaveCount(0);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?service=ledger$/);
  await lists.getByRole('link', { name: 'Show all services' }).click();
  await expect(node(page, 'payment')).toBeVisible();
  await page.goBack();
  await expect(node(page, 'payment')).toHaveCount(0);
});

test('the services are a list too, with their figures, sorted by any of them', async ({ page }) => {
  await page.goto('dependencies?service=ledger');
  await page.getByRole('button', { name: 'Services', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Services' });
  await expect(rows(page).filter({ hasText: 'ledger' })).toHaveText(/ledger\s*4\s*25%\s*80 ms/);
  await grid.getByRole('button', { name: 'p95' }).click();
  await expect(rows(page).first()).toContainText('vault');
});

test('the drawing zooms, and a small screen shows it from the top down', async ({ page }) => {
  await page.goto('dependencies?service=ledger');
  const width = async () => (await node(page, 'ledger').boundingBox())?.width ?? 0;
  const before = await width();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  expect(await width()).toBeCloseTo(before * 1.25, 0);
  await page.getByRole('button', { name: 'Show all of it' }).click();
  expect(await width()).toBeCloseTo(before, 0);
  await page.setViewportSize({ width: 390, height: 844 });
  const top = async (name: string) => (await node(page, name).boundingBox())?.y ?? 0;
  await expect.poll(async () => (await top('vault')) > (await top('ledger'))).toBe(true);
});

test('a service without calls, and a time without any, say so', async ({ page, stack }) => {
  await page.goto('dependencies?service=nobody');
  await expect(page.getByRole('heading', { name: 'This service has no calls' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Show all services' }).click();
  await expect(node(page, 'ledger')).toBeVisible();
  // So long ago that it is before everything: the server is asked for another end.
  await page.route('**/api/dependencies?*', async (route) => {
    const asked = new URL(route.request().url());
    asked.searchParams.set('endTs', '1000');
    await route.fulfill({
      response: await page.request.get(`${stack.queryUrl}${asked.pathname}${asked.search}`),
    });
  });
  await page.getByLabel('Calls of').selectOption('1h');
  await expect(page.getByRole('heading', { name: 'No service has called another' })).toBeVisible();
  await expect(page.getByText('npm run lesson:3')).toBeVisible();
  await page.unroute('**/api/dependencies?*');
  await page.getByRole('link', { name: 'Look at the last 30 days' }).click();
  await expect(page).toHaveURL(/\?lookback=30d$/);
  await expect(node(page, 'ledger')).toBeVisible();
});

test('where calls cannot be read it says so; where only figures cannot, the graph is there', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /ERR_FAILED/;
  await page.route('**/api/dependencies?*', (route) => route.abort());
  await page.goto('dependencies');
  await expect(page.getByRole('alert')).toContainText('The calls could not be read');
  await page.unroute('**/api/dependencies?*');
  await page.route('**/api/metrics/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(node(page, 'ledger')).toBeVisible();
  await expect(page.getByText('Errors and latency could not be worked out')).toBeVisible();
});

const NOBODY = { en: 'This service has no calls', 'zh-CN': '此服务没有调用' };
inEachLook((locale) => {
  test('axe-core finds nothing on the page, and nothing hangs over the edge', async ({ page }) => {
    test.slow();
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`dependencies${width === 1024 ? '?service=ledger' : ''}`);
      await expect(page.locator('.node-figures').first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await expectWithin(page, width);
    }
    await page.goto('dependencies?service=nobody');
    await expect(page.getByRole('heading', { name: NOBODY[locale] })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
});
