import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { inEachLook } from './each-look.ts';
import { type Call, sendLostLater, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** A call and the root have not arrived; what is beneath them has. */
const PARTIAL: Call = {
  service: 'orders',
  name: 'POST /order',
  kind: 'server',
  at: 0,
  lasts: 400,
  isLost: true,
  calls: [
    { service: 'orders', name: 'check', at: 10, lasts: 30 },
    {
      service: 'orders',
      name: 'call the stock',
      kind: 'client',
      at: 50,
      lasts: 200,
      isLost: true,
      calls: [
        {
          service: 'stock',
          name: 'reserve',
          kind: 'server',
          at: 60,
          lasts: 180,
          calls: [{ service: 'stock', name: 'count', at: 70, lasts: 20 }],
        },
      ],
    },
    { service: 'orders', name: 'answer', at: 300, lasts: 90 },
  ],
};
const HOUR = 3_600_000;

const tree = (page: Page) => page.getByRole('treegrid');
const rows = (page: Page) => tree(page).locator('[data-row]');
const ghosts = (page: Page) => tree(page).locator('.ghost');

test('parents that have not come are drawn as ghosts, and replaced as soon as they come', async ({
  page,
  stack,
}) => {
  const { traceId, sendLost } = await sendLostLater(stack, PARTIAL, Date.now() - 1_000);
  await page.goto(`trace/${traceId}`);
  await expect(ghosts(page)).toHaveCount(2);
  await expect(rows(page)).toHaveText([
    /^[\da-f]{16} has not arrived$/,
    /orders check/,
    /orders answer/,
    /^[\da-f]{16} has not arrived$/,
    /stock reserve/,
    /stock count/,
  ]);
  await expect(rows(page).nth(1)).toHaveAttribute('aria-level', '2');
  await expect(tree(page)).toHaveAttribute('aria-rowcount', '7');
  const status = page.getByRole('status').filter({ hasText: '2 spans' });
  await expect(status).toContainText('Looking again and again…');

  // What is folded, and where the cursor is, stays as the trace grows.
  await tree(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.row.cursor')).toContainText('stock reserve');
  await expect(rows(page)).toHaveCount(5);
  await sendLost();
  await expect(ghosts(page)).toHaveCount(0);
  await expect(rows(page)).toHaveText([
    /orders POST \/order/,
    /orders check/,
    /orders call the stock/,
    /stock reserve/,
    /orders answer/,
  ]);
  await expect(page.locator('.row.cursor')).toContainText('stock reserve');
  await expect(tree(page)).toBeFocused();
  await expect(status).toHaveCount(0);
});

test('a ghost is a row of the tree: it folds, and leads to what is known of the break', async ({
  page,
  stack,
}) => {
  const traceId = await sendShopTrace(stack, PARTIAL, 7 * HOUR);
  await page.goto(`trace/${traceId}`);
  await expect(rows(page)).toHaveCount(6);
  // So long after its end nothing is looked for any more.
  await expect(page.locator('.follow')).toHaveCount(0);
  await tree(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(rows(page)).toHaveCount(4);
  await expect(ghosts(page).first()).toHaveAttribute('aria-expanded', 'false');
  await expect(ghosts(page).first()).toContainText('+2');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.row.cursor')).toContainText('orders check');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/uiView=breaks$/);
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('the other views show the spans that have arrived, and no ghost', async ({ page, stack }) => {
  const traceId = await sendShopTrace(stack, PARTIAL, 7 * HOUR);
  await page.goto(`trace/${traceId}?uiView=spans`);
  await expect(page.getByRole('grid').locator('[data-row]')).toHaveCount(4);
  await page.getByRole('tab', { name: 'Statistics' }).click();
  await expect(page.getByRole('grid')).toContainText('stock');
  await expect(page.getByRole('grid').locator('[data-row]')).toHaveCount(4);
});

test('a trace that is not there yet shows once it comes', async ({ page, stack, complaints }) => {
  complaints.allowed = /status of 404/;
  const id = crypto.randomUUID().replaceAll('-', '');
  await page.goto(`trace/${id}`);
  await expect(page.getByRole('alert')).toContainText('trace not found');
  await expect(page.getByText('Looking again and again…')).toBeVisible();
  await sendLostLater(stack, PARTIAL, Date.now() - 1_000, id);
  await expect(rows(page)).toHaveCount(6);
});

inEachLook(() => {
  test('axe-core finds nothing in a partial trace', async ({ page, stack }) => {
    const { traceId } = await sendLostLater(stack, PARTIAL, Date.now() - 1_000);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`trace/${traceId}`);
      await expect(ghosts(page)).toHaveCount(2);
      await expect(page.locator('.follow')).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});
