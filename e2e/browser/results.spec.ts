import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { type Call, sendTraceOf } from './shop-traces.ts';
import { expect, testApart as test } from './test.ts';

/** Of this file alone. */
const SERVICE = 'sifted';
const HOUR = 3_600_000;
const COUNT = 130;

const call = (i: number): Call => ({
  service: SERVICE,
  name: `call ${i}`,
  at: 0,
  lasts: 10 + i,
  fails: i % 10 === 0,
  calls: [
    // Of each thirteenth trace a parent is lost.
    {
      service: 'sifted-store',
      name: 'look up',
      at: 1,
      lasts: 5,
      isLost: i % 13 === 0,
      calls: [{ service: 'sifted-store', name: 'read', at: 2, lasts: 2 }],
    },
  ],
});

test.beforeAll(async ({ stack }) => {
  const now = Date.now();
  for (let i = 0; i < COUNT; i++) await sendTraceOf(stack, call(i), now - 3 * HOUR + i * 10_000);
});

const address = (limit: number) => `search?service=${SERVICE}&lookback=6h&limit=${limit}`;
const grid = (page: Page) => page.getByRole('grid', { name: 'Traces that were found' });
const rows = (page: Page) => grid(page).locator('[data-row]');

test('a long list is a table, of which only the rows that are seen are drawn', async ({ page }) => {
  await page.goto(address(1_000));
  await expect(page.getByRole('heading', { name: `${COUNT} traces` })).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT + 1));
  await expect(rows(page).first()).toContainText(`call ${COUNT - 1}`);
  expect(await rows(page).count()).toBeLessThan(50);
  await grid(page).focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toContainText('call 0');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/trace\/[\da-f]{32}$/);
});

test('it is sorted by each of its columns, orphans, errors and services among them', async ({
  page,
}) => {
  await page.goto(address(1_000));
  const sort = (column: string) => grid(page).getByRole('button', { name: column }).click();
  const cells = (at: number) => rows(page).first().getByRole('gridcell').nth(at);
  await expect(grid(page).getByRole('columnheader')).toHaveText([
    'Trace',
    'Services',
    'Spans',
    'Errors',
    'Orphans',
    'Duration',
    'Start',
  ]);
  await sort('Orphans');
  await expect(cells(4)).toHaveText('1');
  await expect(cells(2)).toHaveText('2');
  await sort('Errors');
  await expect(cells(3)).toHaveText('1');
  await sort('Services');
  await expect(cells(1)).toHaveText(/^2/);
  await sort('Duration');
  await expect(cells(5)).toHaveText(`${COUNT + 9} ms`);
  await sort('Duration');
  await expect(cells(5)).toHaveText('10 ms');
  await sort('Start');
  await expect(rows(page).first()).toContainText(`call ${COUNT - 1}`);
});

test('sorted by duration, the longest are searched, and not of what the limit left', async ({
  page,
}) => {
  await page.goto(address(5));
  await expect(page.locator('.found > li')).toHaveCount(5);
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(rows(page)).toHaveCount(5);
  await grid(page).getByRole('button', { name: 'Duration' }).click();
  await expect(page).toHaveURL(/sort=longest-first/);
  await expect(page.getByRole('heading', { name: 'the longest 5' })).toBeVisible();
  await expect(rows(page).first()).toContainText(`call ${COUNT - 1}`);
  // What was chosen stays.
  await page.reload();
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole('button', { name: 'List' }).click();
  await expect(page.locator('.found > li')).toHaveCount(5);
});

test('two rows of the table are picked and compared', async ({ page }) => {
  await page.goto(address(1_000));
  for (const at of [0, 1]) await rows(page).nth(at).getByRole('checkbox').check();
  await page.getByRole('main').getByRole('link', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/\/trace\/[\da-f]{32}\.\.\.[\da-f]{32}$/);
});

test('histograms tell how many traces began when, and how many took how long', async ({ page }) => {
  await page.goto(address(1_000));
  const bars = page.locator('.plot-bar');
  await expect(bars.first()).toBeVisible();
  const told = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.plot-bar title')].map(({ textContent }) => textContent)`,
  );
  const sum = (texts: readonly string[]) =>
    texts.reduce((all, text) => all + Number.parseInt(text, 10), 0);
  const times = told.filter((text) => / \d\d:\d\d:\d\d/.test(text));
  const durations = told.filter((text) => / ms/.test(text));
  expect(sum(times)).toBe(COUNT);
  expect(sum(durations)).toBe(COUNT);
  await expect(bars.locator('.failed').first()).toBeVisible();
  // Where there is no room beside the circles, they have all of it.
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(bars).toHaveCount(times.length);
});

test('searches that are wanted often are one click away, and a second takes them back', async ({
  page,
}) => {
  await page.goto(address(1_000));
  const presets = page.getByRole('list', { name: 'Searches wanted often' });
  const errors = presets.getByRole('button', { name: 'With errors' });
  await errors.click();
  await expect(page).toHaveURL(/tags=%7B%22error%22%3A%22true%22%7D/);
  await expect(page.getByLabel('Tags')).toHaveValue('error=true');
  await expect(page.getByRole('heading', { name: '13 traces' })).toBeVisible();
  await expect(errors).toHaveAttribute('aria-pressed', 'true');
  await errors.click();
  await expect(page.getByRole('heading', { name: `${COUNT} traces` })).toBeVisible();
  await presets.getByRole('button', { name: 'Slowest' }).click();
  await expect(page).toHaveURL(/sort=longest-first/);
  await presets.getByRole('button', { name: 'Last 15 minutes' }).click();
  await expect(page.getByLabel('Lookback')).toHaveValue('15m');
  await expect(page.getByRole('heading', { name: 'No trace matches' })).toBeVisible();
});

test('a search is kept by a name, in this browser, and looks back from when it is opened', async ({
  page,
}) => {
  await page.goto(`${address(7)}&tags=${encodeURIComponent('{"error":"true"}')}`);
  const presets = page.getByRole('list', { name: 'Searches wanted often' });
  await presets.getByRole('button', { name: 'Keep this search…' }).click();
  const name = presets.getByRole('textbox', { name: 'Name of the search' });
  await expect(name).toHaveValue(`${SERVICE} error=true`);
  await name.fill('what fails');
  await name.press('Enter');
  const kept = presets.getByRole('link', { name: 'what fails' });
  await expect(kept).toHaveAttribute('href', /^\/search\?(?!.*start=).*limit=7/);
  await page.goto('search?service=nobody');
  await expect(page.getByRole('heading', { name: 'No trace matches' })).toBeVisible();
  await kept.click();
  await expect(page.locator('.found > li')).toHaveCount(7);
  await presets.getByRole('button', { name: 'Forget the search what fails' }).click();
  await page.reload();
  await expect(page.locator('.found > li')).toHaveCount(7);
  await expect(kept).toHaveCount(0);
});

inEachLook(
  () => {
    test('axe-core finds nothing in table, histograms and presets', async ({ page }) => {
      test.slow();
      for (const width of [390, 1024, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(address(1_000));
        await expect(page.locator('.result-table [data-row]').first()).toBeVisible();
        await expect(page.locator('.plot-bar').first()).toBeVisible();
        await page.locator('.presets .quiet').click();
        await expect(page.locator('.keep input')).toBeVisible();
        expect(await axeFindings(page)).toEqual([]);
        await expectWithin(page, width);
      }
    });
  },
  '',
  test,
);
