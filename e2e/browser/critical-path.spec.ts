import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expect, test } from './test.ts';

const marked = (page: Page) =>
  page
    .getByRole('treegrid')
    .locator('[data-row]')
    .filter({ has: page.locator('.critical') });

test('the critical path marks what the trace waited for, by button, key and link', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.good}`);
  await expect(page.getByRole('treegrid').locator('[data-row]')).toHaveCount(12);
  await expect(marked(page)).toHaveCount(0);
  const button = page.getByRole('button', { name: 'Critical path' });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/\?critical=1$/);
  // Shipping answered while payment was waited for.
  await expect(marked(page)).toHaveText([
    /GET \/checkout/,
    /auth\.verify/,
    /frontend cart\.GetCart/,
    /cart cart\.GetCart/,
    /redis GET/,
    /redis GET/,
    /frontend payment\.Charge/,
    /payment payment\.Charge/,
    /POST card-gateway/,
    /render/,
  ]);
  const parts = await page.evaluate<number[]>(
    `(() => {
      const lane = document.querySelector('.row .lane').getBoundingClientRect().width;
      return [...document.querySelectorAll('.critical')].map((e) => e.getBoundingClientRect().width / lane);
    })()`,
  );
  // All of the segments come to the whole trace; each is a hair wider at most, being at least a pixel.
  expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 1);
  await page.reload();
  await expect(marked(page)).toHaveCount(10);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('c');
  await expect(marked(page)).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/trace/${shop.good}$`));
});

test('the details of a span say what time it took itself', async ({ page, shop }) => {
  await page.goto(`trace/${shop.good}`);
  await page.getByRole('row', { name: 'payment payment.Charge' }).click();
  const facts = page.getByRole('complementary').locator('.facts');
  await expect(facts).toContainText(/Self time\s*32 ms/);
});
