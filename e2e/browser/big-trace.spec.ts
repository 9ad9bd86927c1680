import { sendBigTrace } from './big-trace.ts';
import { expect, testApart as test } from './test.ts';

const SPANS = 50_000;

test(`a trace of ${SPANS} spans is shown whole, by few elements`, async ({ page, stack }) => {
  const traceId = await sendBigTrace(stack, SPANS);
  await page.goto(`trace/${traceId}`);
  const tree = page.getByRole('treegrid');
  const rows = tree.locator('[data-row]');
  await expect(rows.first()).toContainText('operation-0');
  await expect(tree).toHaveAttribute('aria-rowcount', String(SPANS + 1));
  expect(await rows.count()).toBeLessThanOrEqual(50);
  await expect(page.getByRole('main')).toContainText('50,000');

  await tree.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect(rows.first()).toHaveAttribute('aria-rowindex', /^2[45]\d{3}$/);
  await expect(rows.nth(12)).toBeInViewport();
  expect(await rows.count()).toBeLessThanOrEqual(50);

  await tree.focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toHaveAttribute('aria-rowindex', String(SPANS + 1));
  await expect(rows.last()).toBeInViewport();

  await page.getByRole('button', { name: 'Collapse all' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('+49,999');
});
