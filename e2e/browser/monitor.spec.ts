import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { type Call, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

const SECOND = 1_000;

/** Of the last two minutes: 8 calls of one operation, of which 2 failed, and one slow call of another. */
test.beforeAll(async ({ stack }) => {
  const call = (name: string, lasts: number, fails = false): Call => ({
    service: 'watched',
    name,
    kind: 'server',
    at: 0,
    lasts,
    fails,
  });
  for (let i = 0; i < 8; i++)
    await sendShopTrace(stack, call('GET /often', 100, i < 2), 40 * SECOND + i * SECOND);
  await sendShopTrace(stack, call('GET /slow', 3_000), 45 * SECOND);
  await sendShopTrace(
    stack,
    { service: 'watching', name: 'call', kind: 'client', at: 0, lasts: 50 },
    40 * SECOND,
  );
});
const ADDRESS = 'monitor?service=watched&lookback=15m';

test('shows latency, rate and errors of a service, and of its operations', async ({ page }) => {
  await page.goto(ADDRESS);
  // 9 calls in the last 150 s; two of nine failed.
  await expect(page.getByRole('img', { name: /^Request rate: / })).toHaveAccessibleName(
    /Request rate 0\.06\/s at last/,
  );
  await expect(page.getByRole('img', { name: /^Error rate: / })).toHaveAccessibleName(
    /Error rate 22% at last/,
  );
  await expect(page.getByRole('img', { name: /^Latency: / })).toHaveAccessibleName(
    /P50 100 ms at last.*P95 .* s at last/,
  );
  const rows = page.getByRole('grid', { name: 'Operations' }).locator('[data-row]');
  await expect(rows).toHaveCount(2);
  // One call of 3 s takes more than eight of 100 ms.
  await expect(rows.first()).toContainText('GET /slow');
  await expect(rows.first()).toContainText('3 s');
  await expect(rows.last()).toContainText(/100 ms.*25%/);
  const paths = await page
    .locator('.chart-field path')
    .evaluateAll((all) =>
      all.map((each) =>
        (each as unknown as { getAttribute(name: string): string }).getAttribute('d'),
      ),
    );
  expect(paths).toHaveLength(5);
  for (const path of paths) expect(path).toMatch(/^M[\d.]+ [\d.]+/);
});

test('an operation leads to its traces, by keyboard', async ({ page }) => {
  await page.goto(ADDRESS);
  const grid = page.getByRole('grid', { name: 'Operations' });
  await expect(grid.locator('[data-row]')).toHaveCount(2);
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/search\?service=watched&operation=GET\+%2Foften&lookback=15m$/);
  await expect(page.locator('.found > li')).toHaveCount(8);
});

test('another kind and another service are chosen; without calls it says so', async ({ page }) => {
  await page.goto(ADDRESS);
  await expect(page.getByRole('grid')).toBeVisible();
  await page.getByRole('link', { name: 'Monitor' }).click();
  await page.getByRole('combobox', { name: 'Service' }).selectOption('watching');
  await expect(page).toHaveURL(/service=watching/);
  await expect(page.getByRole('heading', { name: 'Nothing to measure' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Spans of kind' }).selectOption('client');
  await expect(page.getByRole('grid').locator('[data-row]')).toHaveText([/^call/]);
});

test('what the server refuses is said in its own words, and can be asked for again', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /status of 400/;
  await page.route('**/api/metrics/**', (route) =>
    route.fulfill({
      status: 400,
      json: { data: null, errors: [{ code: 400, msg: 'too many spans' }] },
    }),
  );
  await page.goto(ADDRESS);
  await expect(page.getByRole('alert')).toContainText('too many spans');
  await page.unroute('**/api/metrics/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});

inEachLook(() => {
  test('axe-core finds nothing on the page, and nothing hangs over the edge', async ({ page }) => {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(ADDRESS);
      await expect(page.getByRole('grid')).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await expectWithin(page, width);
      // However many pages there are, the head keeps its lines.
      const head = await page.getByRole('banner').boundingBox();
      const inside = await page.getByRole('banner').evaluate((bar) => {
        const { scrollHeight } = bar as unknown as { scrollHeight: number };
        return scrollHeight;
      });
      expect(inside).toBeLessThanOrEqual(Math.ceil(head?.height ?? 0));
    }
  });
});
