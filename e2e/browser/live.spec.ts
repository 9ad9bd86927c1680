import { axeFindings } from './axe-findings.ts';
import { GOOD, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

const named = (service: string, name: string) => ({ service, name, at: 0, lasts: 50 });

test('rows appear as traces arrive, by the filters that are set, until it is turned off', async ({
  page,
  stack,
}) => {
  await sendShopTrace(stack, named('live-one', 'before'));
  await page.goto('search?service=live-one&lookback=1h');
  const rows = page.locator('.found > li');
  await expect(rows).toHaveText([/before/]);
  const live = page.getByRole('button', { name: 'Live' });
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Waiting for spans…')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await sendShopTrace(stack, named('live-two', 'of another service'), 0);
  const first = await sendShopTrace(stack, named('live-one', 'while it is on'), 0);
  await expect(rows).toHaveText([/while it is on/, /before/]);
  await expect(page.getByText(/^1 span has arrived, the last at \d/)).toBeVisible();
  // Coming back from a trace goes on.
  await rows.first().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/trace/${first}$`));
  await page.goBack();
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Waiting for spans…')).toBeVisible();
  await sendShopTrace(stack, named('live-one', 'after coming back'), 0);
  await expect(rows).toHaveCount(3);
  await live.click();
  await sendShopTrace(stack, named('live-one', 'unseen'), 0);
  await page.waitForTimeout(1_500);
  await expect(rows).toHaveCount(3);
});

test('where no service is chosen, all are followed', async ({ page, stack }) => {
  await page.goto('search?lookback=5m');
  await page.getByRole('button', { name: 'Live' }).click();
  await expect(page.getByText(/^Waiting for spans…|arrived, the last at/)).toBeVisible();
  const traceId = await sendShopTrace(stack, GOOD, 100);
  const row = page.locator('.found > li').filter({ hasText: traceId.slice(0, 7) });
  await expect(row).toContainText('12 spans');
});

test('after an answer that is an error, the page asks again', async ({
  page,
  shop,
  complaints,
}) => {
  complaints.allowed = /status of 503/;
  await page.route('**/api/live**', (route) => route.fulfill({ status: 503 }));
  await page.goto(`search?traceID=${shop.good}`);
  await page.getByRole('button', { name: 'Live' }).click();
  await expect(page.getByText('The server does not answer. Trying again…')).toBeVisible();
  await page.unroute('**/api/live**');
  await expect(page.getByText(/^Waiting for spans…|arrived, the last at/)).toBeVisible();
});

test('a server that is away is told of', async ({ page, shop, complaints }) => {
  complaints.allowed = /ERR_FAILED|MIME type/;
  await page.route('**/api/live**', (route) => route.abort());
  await page.goto(`search?traceID=${shop.good}`);
  await page.getByRole('button', { name: 'Live' }).click();
  await expect(page.getByText('The server does not answer. Trying again…')).toBeVisible();
  await expect(page.locator('.found > li')).toHaveCount(1);
});
