// On a phone: 390 CSS pixels.
import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { sendBigTrace } from './big-trace.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { sendShopTrace } from './shop-traces.ts';
import { expect, test, testApart } from './test.ts';

const PHONE = { width: 390, height: 844 };
test.use({ viewport: PHONE });
testApart.use({ viewport: PHONE });

const WORDS = {
  en: { filters: /^Filters All services$/, find: 'Find traces' },
  'zh-CN': { filters: /^筛选条件 全部服务$/, find: '查找 trace' },
};

/** None is cut off or has to be scrolled to sideways. */
async function expectAllSeen(page: Page, selector: string, count: number): Promise<void> {
  const links = page.locator(selector);
  await expect(links).toHaveCount(count);
  for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 0.99 });
}

inEachLook((locale) => {
  test('all pages and all views of a trace are seen, and so are results below folded filters', async ({
    page,
    shop,
  }) => {
    const words = WORDS[locale];
    // The link to the lessons is there, too.
    await page.route('**/api/lessons', (route) => route.fulfill({ json: { lessons: [] } }));
    await page.goto(`trace/${shop.good}`);
    await expectAllSeen(page, '.top-bar nav a', 5);
    await expectAllSeen(page, '[role=tab]', 9);
    expect(await axeFindings(page)).toEqual([]);
    await page.goto('search?lookback=1h');
    await expect(page.locator('.found > li').first()).toBeInViewport();
    const fold = page.getByRole('button', { name: words.filters });
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await fold.press('Enter');
    await expect(page.locator('#service')).toBeFocused();
    await expect(page.getByRole('button', { name: words.find })).toBeInViewport();
    expect(await axeFindings(page)).toEqual([]);
    await expectWithin(page, PHONE.width);
    await page.locator('#service').selectOption('payment');
    await page.getByRole('button', { name: words.find }).click();
    await expect(page).toHaveURL(/service=payment/);
    await expect(page.locator('.filters-fold')).toContainText('payment');
    await expect(page.locator('#service')).toBeHidden();
  });
});

test('the graph of a trace begins with its root', async ({ page, stack }) => {
  const calls = Array.from({ length: 20 }, (_, i) => ({
    service: 'worker',
    name: `job-${i}`,
    at: 10 * i,
    lasts: 9,
  }));
  const root = { service: 'front', name: 'GET /many', at: 0, lasts: 200, calls };
  const traceId = await sendShopTrace(stack, root);
  for (const width of [PHONE.width, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`trace/${traceId}?uiView=graph`);
    await page.locator('.graph-scroll').scrollIntoViewIfNeeded();
    await expect(page.locator('.trace-node').filter({ hasText: 'GET /many' })).toBeInViewport({
      ratio: 0.99,
    });
  }
});

testApart('of a large trace, no view draws more rows than are seen', async ({ page, stack }) => {
  const traceId = await sendBigTrace(stack, 3_000);
  for (const view of ['spans', 'statistics']) {
    await page.goto(`trace/${traceId}?uiView=${view}`);
    const rows = page.getByRole('grid').locator('[data-row]');
    await expect(rows.first()).toContainText('operation-');
    expect(await rows.count()).toBeLessThanOrEqual(50);
  }
  await page.goto(`trace/${traceId}?uiView=flame`);
  await expect(page.locator('.flame-node').first()).toContainText('operation-0');
  expect(await page.locator('.flame').evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(
    PHONE.height,
  );
});
