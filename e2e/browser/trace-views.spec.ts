import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { GOOD, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const rows = (page: Page) => page.getByRole('grid').locator('[data-row]');
const cells = (page: Page, row: number) => rows(page).nth(row).getByRole('gridcell');

test.describe('the tabs', () => {
  test('lead to the views by click, by arrow keys and by number; the address says which is shown', async ({
    page,
    shop,
  }) => {
    await page.goto(`trace/${shop.good}`);
    await expect(page.getByRole('treegrid')).toBeVisible();
    await tab(page, 'Spans').click();
    await expect(page).toHaveURL(/\?uiView=spans$/);
    await expect(page.getByRole('treegrid')).toBeHidden();
    await expect(rows(page)).toHaveCount(12);
    await expect(tab(page, 'Spans')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(tab(page, 'Statistics')).toBeFocused();
    await expect(page.getByRole('grid', { name: 'Spans by group' })).toBeVisible();
    await page.keyboard.press('End');
    await expect(page).toHaveURL(/\?uiView=wire$/);
    await page.keyboard.press('1');
    await expect(page.getByRole('treegrid')).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/trace/${shop.good}$`));
    await page.keyboard.press('4');
    await expect(page.getByRole('tree', { name: 'Flame graph' })).toBeVisible();
  });

  test('what is found and opened stays so from view to view', async ({ page, shop }) => {
    await page.goto(`trace/${shop.slow}?uiView=spans&uiFind=payment`);
    await expect(rows(page)).toHaveCount(4);
    await rows(page).filter({ hasText: '300 ms' }).click();
    const details = page.getByRole('complementary', { name: 'Span details' });
    await expect(details).toContainText('charged');
    await tab(page, 'Logs').click();
    await expect(details).toContainText('charged');
    await expect(rows(page)).toHaveCount(3);
    await details.getByRole('link', { name: 'Show in the timeline' }).click();
    const tree = page.getByRole('treegrid');
    await expect(tree.locator('.opened')).toContainText('POST card-gateway');
    await expect(tree.locator('.match')).toHaveCount(4);
  });
});

test('all spans can be sorted by every column, opened by the keyboard, and narrowed down', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.slow}?uiView=spans`);
  const grid = page.getByRole('grid', { name: 'All spans of the trace' });
  await expect(rows(page)).toHaveCount(12);
  await grid.getByRole('button', { name: 'Self time' }).click();
  await expect(grid.getByRole('columnheader', { name: 'Self time' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(cells(page, 0)).toHaveText([
    'payment',
    'POST card-gateway',
    '350 ms',
    '300 ms',
    '300 ms',
    '1',
    /^[\da-f]{16}$/,
  ]);
  await grid.getByRole('button', { name: 'Service' }).click();
  await expect(cells(page, 0).first()).toHaveText('cart');
  await grid.getByRole('button', { name: 'Service' }).click();
  await expect(cells(page, 0).first()).toHaveText('shipping');
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary');
  await expect(details).toContainText('payment');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('No span matches')).toBeVisible();
  await page.getByRole('searchbox').fill('http.status_code=503');
  await expect(page.getByText('1 of 12 spans')).toBeVisible();
  await expect(cells(page, 0).nth(1)).toHaveText('error POST card-gateway');
});

test('of two thousand spans only those that are seen are in the document', async ({
  page,
  stack,
}) => {
  const many = Array.from({ length: 2_000 }, (_, i) => ({
    service: `worker-${i % 5}`,
    name: `job-${i}`,
    at: i,
    lasts: 5,
  }));
  const traceId = await sendShopTrace(stack, { ...GOOD, lasts: 2_100, calls: many });
  await page.goto(`trace/${traceId}?uiView=spans`);
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '2002');
  expect(await rows(page).count()).toBeLessThanOrEqual(50);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toHaveAttribute('aria-rowindex', '2002');
  await expect(rows(page).last()).toBeInViewport();
  expect(await rows(page).count()).toBeLessThanOrEqual(50);
  await tab(page, 'Statistics').click();
  await page.getByLabel('Group by').selectOption('service');
  await expect(rows(page)).toHaveCount(6);
  await tab(page, 'Flame graph').click();
  await expect(page.getByRole('treeitem').first()).toBeVisible();
});

test('statistics add up: by operation, by service and by a tag', async ({ page, shop }) => {
  await page.goto(`trace/${shop.slow}?uiView=statistics`);
  await expect(page.getByText('11 groups')).toBeVisible();
  // Two calls of 180 and 300 ms, of which one failed; it has no children, so all of it is its own time.
  await expect(cells(page, 0)).toHaveText([
    'payment POST card-gateway',
    '2',
    '1',
    '480 ms',
    '240 ms',
    '180 ms',
    '300 ms',
    '480 ms',
  ]);
  await page.getByRole('grid').getByRole('button', { name: 'Total' }).click();
  await expect(cells(page, 0).first()).toHaveText('frontend GET /checkout');
  await page.getByLabel('Group by').selectOption('service');
  await expect(rows(page)).toHaveCount(4);
  await page.getByLabel('Group by').selectOption('tag:http.status_code');
  await page.getByRole('grid').getByRole('button', { name: 'http.status_code' }).click();
  await expect(rows(page)).toHaveText([/^Without this tag9/, /^2002/, /^50311180 ms/]);
});

test('the logs of all spans stand in one list by time; a name leads to its span', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.slow}?uiView=logs`);
  await expect(rows(page)).toHaveText([
    /^2 ms.*session found user=ada/,
    /^110 ms.*card checked/,
    /^299 ms.*message=the gateway is busy/,
    /^649 ms.*charged/,
  ]);
  await page.getByRole('searchbox').fill('gateway');
  await expect(page.getByText('2 of 4 logs')).toBeVisible();
  await rows(page).last().click();
  await expect(page.getByRole('complementary')).toContainText('charged');
  await rows(page).first().getByRole('link').click();
  await expect(page.getByRole('treegrid').locator('.opened')).toContainText('POST card-gateway');
  await expect(page.getByRole('complementary')).toContainText('the gateway is busy');
});

test('a trace without logs says so', async ({ page, stack }) => {
  const traceId = await sendShopTrace(stack, { ...GOOD, logs: [], calls: [] });
  await page.goto(`trace/${traceId}?uiView=logs`);
  await expect(page.getByRole('heading', { name: 'No span of this trace has logs' })).toBeVisible();
});

test('the JSON is what the API says: to read, to copy, to keep', async ({
  page,
  shop,
  stack,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const answer = await fetch(`${stack.queryUrl}/api/traces/${shop.good}?prettyPrint=true`);
  const json = await answer.text();
  await page.goto(`trace/${shop.good}?uiView=json`);
  const shown = page.getByRole('region', { name: 'The trace as JSON' });
  await expect(shown).toContainText('"operationName": "GET /checkout"');
  // Text that is not seen yet has no rendered form, so it is the document's own that is compared.
  expect(((await shown.evaluate((element) => element.textContent)) ?? '').trim()).toBe(json.trim());
  await page.getByRole('button', { name: 'Copy the JSON' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(json);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`trace-${shop.good}.json`);
  expect(await readFile(await download.path(), 'utf8')).toBe(json);
});

test('JSON that cannot be read says so, and can be asked for again', async ({
  page,
  shop,
  complaints,
}) => {
  complaints.allowed = /ERR_FAILED|status of 503/;
  await page.route('**/*prettyPrint=true', (route) => route.abort());
  await page.goto(`trace/${shop.good}?uiView=json`);
  await expect(page.getByRole('alert')).toContainText('The JSON could not be read');
  // What the server says, and not the JSON in which it says it.
  await page.route('**/*prettyPrint=true', (route) =>
    route.fulfill({ status: 503, json: { data: null, errors: [{ code: 503, msg: 'no store' }] } }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.server-says')).toHaveText('no store');
  await page.unroute('**/*prettyPrint=true');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('region', { name: 'The trace as JSON' })).toBeVisible();
});

test('the flame graph zooms by click and by keyboard, and shows what is looked for', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.slow}?uiView=flame`);
  const flame = page.getByRole('tree', { name: 'Flame graph' });
  const node = (name: string) => page.getByRole('treeitem', { name });
  const width = async (name: string) => (await node(name).boundingBox())?.width ?? 0;
  const whole = await width('frontend GET /checkout');
  // 480 of 752 ms that all spans were at work themselves.
  await expect(node('payment POST card-gateway')).toHaveAccessibleName(
    'payment POST card-gateway, 2 spans, 480 ms (64%), itself 480 ms',
  );
  expect((await width('payment POST card-gateway')) / whole).toBeCloseTo(480 / 752, 2);
  await node('payment payment.Charge').click();
  await expect(node('cart cart.GetCart')).toHaveCount(0);
  expect(await width('payment payment.Charge')).toBeCloseTo(whole, 0);
  await flame.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.flame-details')).toContainText('POST card-gateway');
  await page.keyboard.press('Enter');
  expect(await width('payment POST card-gateway')).toBeCloseTo(whole, 0);
  await page.keyboard.press('Escape');
  await expect(node('cart cart.GetCart')).toBeVisible();
  await page.getByRole('button', { name: 'Open the longest span' }).click();
  await expect(page.getByRole('complementary')).toContainText('300 ms');
  await page.getByRole('searchbox').fill('cart');
  await expect(page.locator('.flame-node:not(.faint)')).toHaveCount(3);
});

const NAMES = ['spans', 'statistics', 'flame', 'logs', 'json'] as const;
const WORDS = {
  en: { json: 'The trace as JSON', details: 'Span details' },
  'zh-CN': { json: 'JSON 格式的 trace', details: 'span 详情' },
} as const;
inEachLook((locale) => {
  test('axe-core finds nothing in the views, and nothing hangs over the edge', async ({
    page,
    shop,
  }) => {
    test.slow();
    const ready = page
      .locator('[data-rows]')
      .or(page.getByRole('region', { name: WORDS[locale].json }));
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      for (const view of NAMES) {
        await page.goto(`trace/${shop.slow}?uiView=${view}&uiFind=payment`);
        await expect(ready).toBeVisible();
        if (width === 390) expect(await axeFindings(page), view).toEqual([]);
        await expectWithin(page, width, view);
      }
    }
    await page.goto(`trace/${shop.slow}?uiView=spans`);
    await rows(page).first().click();
    await expect(page.getByRole('complementary', { name: WORDS[locale].details })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
});
