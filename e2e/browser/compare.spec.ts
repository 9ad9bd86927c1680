import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { expect, test } from './test.ts';

const rows = (page: Page) => page.getByRole('grid').locator('[data-row]');
const row = (page: Page, text: RegExp) => rows(page).filter({ hasText: text });

test('two traces are laid over each other: what became slower and faster, what came and went', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.good}...${shop.slow}`);
  await expect(page).toHaveTitle('Compare · Spoor');
  await expect(page.getByRole('region', { name: 'Duration' })).toContainText(
    /330 ms → 720 ms.*\+390 ms \+120%/s,
  );
  await expect(page.getByRole('region', { name: 'Trace B' })).toContainText(/Errors.*1/s);
  await expect(rows(page)).toHaveText([
    /^▲Slower frontend GET \/checkout330 ms720 ms\+390 ms \+120%\+2 ms$/,
    /^Same frontend auth\.verify18 ms18 ms00$/,
    /^Same frontend cart\.GetCart60 ms60 ms00$/,
    /^Same cart cart\.GetCart52 ms52 ms0\+10 ms$/,
    /^Same cart redis GET10 ms10 ms00$/,
    /^−Only in A cart redis GET10 msOnly in A$/,
    /^▲Slower frontend payment\.Charge180 ms568 ms\+388 ms/,
    /^▲Slower payment payment\.Charge172 ms560 ms\+388 ms/,
    /^▲Slower payment POST card-gateway140 ms180 ms\+40 ms \+29%\+40 ms$/,
    /^\+Only in B payment POST card-gateway300 msOnly in B$/,
    /^▼Faster frontend shipping\.Quote70 ms30 ms−40 ms −57%0$/,
    /^▼Faster shipping shipping\.Quote62 ms22 ms−40 ms −65%−40 ms$/,
    /^Same frontend render30 ms30 ms00$/,
  ]);
  await page.getByRole('link', { name: 'Swap A and B' }).click();
  await expect(page).toHaveURL(new RegExp(`/trace/${shop.slow}\\.\\.\\.${shop.good}$`));
  await expect(row(page, /Only in A/)).toContainText('POST card-gateway');
});

test('only what changed can be left to see, and the most of it first', async ({ page, shop }) => {
  await page.goto(`trace/${shop.good}...${shop.slow}`);
  const kinds = page.getByRole('group', { name: 'Show' });
  await expect(kinds.getByRole('button')).toHaveText([
    '▲ Slower 4',
    '▼ Faster 2',
    '+ Only in B 1',
    '− Only in A 1',
    'Same 5',
  ]);
  await kinds.getByRole('button', { name: 'Same' }).click();
  await expect(rows(page)).toHaveCount(8);
  await kinds.getByRole('button', { name: 'Slower' }).click();
  await kinds.getByRole('button', { name: 'Only in A' }).click();
  await kinds.getByRole('button', { name: 'Only in B' }).click();
  await expect(rows(page)).toHaveCount(2);
  await kinds.getByRole('button', { name: 'Faster' }).click();
  await expect(page.getByText('Nothing of this kind')).toBeVisible();
  await kinds.getByRole('button', { name: 'Slower' }).click();
  await page.getByRole('grid').getByRole('button', { name: 'Change of self time' }).click();
  await expect(rows(page).first()).toContainText('payment payment.Charge');
});

test('a span is opened in both traces: figures and tags side by side, and the way to each', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.good}...${shop.slow}`);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'The span in both traces' });
  await expect(panel.getByRole('heading', { name: 'POST card-gateway' })).toBeVisible();
  await expect(panel.getByRole('row', { name: 'Duration' })).toHaveText('Duration140 ms180 ms');
  await expect(panel.getByRole('row', { name: 'http.status_code' })).toHaveText(
    'http.status_code200503',
  );
  await expect(panel.locator('.differs')).toHaveCount(4);
  await panel.getByRole('button', { name: 'Close details' }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('Not in Trace A');
  await panel.getByRole('link', { name: 'Open in Trace B' }).click();
  await expect(page).toHaveURL(new RegExp(`/trace/${shop.slow}\\?span=`));
  await expect(page.getByRole('complementary')).toContainText('300 ms');
});

test('two traces are ticked on the search page; one waits for the other on the page itself', async ({
  page,
  shop,
}) => {
  await page.goto(`search?traceID=${shop.good}&traceID=${shop.slow}`);
  const compare = page.getByRole('main').getByRole('link', { name: 'Compare' });
  await expect(page.getByRole('checkbox')).toHaveCount(2);
  await expect(compare).toHaveCount(0);
  await page.getByRole('checkbox', { name: shop.good }).check();
  await expect(compare).toHaveAttribute('href', `/trace/${shop.good}...`);
  await page.getByRole('checkbox', { name: shop.slow }).check();
  await compare.click();
  await expect(page).toHaveURL(new RegExp(`/trace/${shop.good}\\.\\.\\.${shop.slow}$`));
  await page.goBack();
  await page.getByRole('checkbox', { name: shop.good }).uncheck();
  await expect(compare).toHaveAttribute('href', `/trace/${shop.slow}...`);
  await page.getByRole('checkbox', { name: shop.slow }).uncheck();
  await expect(compare).toHaveCount(0);
});

test('ids and links are pasted, and what is none is refused', async ({ page, shop }) => {
  await page.goto(`trace/${shop.good}`);
  await page.getByRole('main').getByRole('link', { name: 'Compare' }).click();
  await expect(page).toHaveURL(/\.\.\.$/);
  await expect(page.getByRole('heading', { name: 'Compare two traces' })).toBeVisible();
  await expect(page.getByLabel('Trace A')).toHaveValue(shop.good);
  const second = page.getByLabel('Trace B');
  await second.fill('frontend');
  await second.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('A trace id is 1 to 32 hex digits.');
  await second.fill(`http://localhost:16686/trace/${shop.slow}?uiFind=x`);
  await second.press('Enter');
  await expect(rows(page)).toHaveCount(13);
  await page.getByText('Compare others').click();
  await page.getByRole('textbox', { name: 'Trace A' }).fill(shop.slow);
  await page.getByRole('textbox', { name: 'Trace A' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Duration' })).toContainText('720 ms → 720 ms');
  await expect(row(page, /Same/)).toHaveCount(12);
});

test('a trace that is not there is named, and another can be given instead', async ({
  page,
  shop,
  complaints,
}) => {
  complaints.allowed = /status of 404/;
  await page.goto(`trace/${shop.good}...abcd`);
  await expect(page.getByRole('alert')).toContainText('Trace B could not be read');
  await expect(page.getByRole('alert')).toContainText('trace not found');
  await page.getByLabel('Trace B').fill(shop.good);
  await page.getByRole('main').getByRole('button', { name: 'Compare' }).click();
  await expect(row(page, /Same/)).toHaveCount(12);
});

test('traces that have nothing in common are shown whole, each as its own', async ({
  page,
  shop,
  lesson,
}) => {
  await page.goto(`trace/${shop.good}...${lesson.traceId}`);
  await expect(row(page, /Only in A/)).toHaveCount(12);
  await expect(row(page, /Only in B/)).toHaveCount(3);
});

const LABEL = { en: 'Spans of both traces', 'zh-CN': '两条 trace 的 span' };
inEachLook((locale) => {
  test('axe-core finds nothing on the page, and nothing hangs over the edge', async ({
    page,
    shop,
  }) => {
    test.slow();
    for (const width of [390, 1024, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`trace/${shop.good}...${shop.slow}`);
      await expect(page.getByRole('grid', { name: LABEL[locale] })).toBeVisible();
      if (width !== 1440) {
        await rows(page).nth(8).click();
        await expect(page.getByRole('complementary')).toBeVisible();
      }
      expect(await axeFindings(page)).toEqual([]);
      await expectWithin(page, width);
    }
    await page.goto('trace/...');
    await expect(page.locator('.compare-form')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
});
