import { axeFindings } from './axe-findings.ts';
import { GOOD, SLOW, sendShopTrace, sendTraceOf } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** Of this file alone. */
const SERVICE = 'plotted';
const HOUR = 3_600_000;
const ids: string[] = [];
test.beforeAll(async ({ stack }) => {
  // An hour ago, half a minute apart, each later one longer; the last failed.
  const now = Date.now();
  for (let i = 0; i < 5; i++) {
    const call = {
      service: SERVICE,
      name: `call ${i}`,
      at: 0,
      lasts: 100 * 2 ** i,
      fails: i === 4,
    };
    ids.push(await sendTraceOf(stack, call, now - HOUR + i * 30_000));
  }
});
const ADDRESS = `search?service=${SERVICE}&lookback=6h`;

test('a trace is drawn by start and duration, and opened by a click', async ({ page }) => {
  await page.goto(ADDRESS);
  const plot = page.getByRole('group', { name: 'The traces by start and duration' });
  const circles = plot.locator('circle');
  await expect(circles).toHaveCount(5);
  await expect(circles.filter({ hasText: 'call 4' })).toHaveClass('failed');
  const at = async (name: string) => {
    const box = await circles.filter({ hasText: name }).boundingBox();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  };
  const places = await Promise.all([0, 1, 2, 3, 4].map((i) => at(`call ${i}`)));
  // Later to the right, longer higher up, and twice as long always the same step.
  const steps = places
    .slice(1)
    .map(({ x, y }, i) => [x - (places[i]?.x ?? 0), y - (places[i]?.y ?? 0)]);
  for (const [right = 0, down = 0] of steps) {
    expect(right).toBeCloseTo(steps[0]?.[0] ?? 0, -1);
    expect(down).toBeCloseTo(steps[0]?.[1] ?? 0, 0);
    expect(right).toBeGreaterThan(20);
    expect(down).toBeLessThan(-10);
  }
  expect(await axeFindings(page)).toEqual([]);
  await page.mouse.click(places[2]?.x ?? 0, places[2]?.y ?? 0);
  await expect(page).toHaveURL(new RegExp(`/trace/${ids[2]}$`));
});

test('a time is chosen by dragging, and searched', async ({ page }) => {
  await page.goto(ADDRESS);
  const field = page.locator('.plot-field');
  await expect(field.locator('circle')).toHaveCount(5);
  const { x, y, width, height } = (await field.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + width * 0.4, y + height - 4);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.8, y + 10, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Search this time' }).click();
  await expect(page).toHaveURL(/lookback=custom/);
  await expect(page.locator('.found > li')).toHaveText([/call 3/, /call 2/]);
  await expect(page.getByLabel('Lookback')).toHaveValue('custom');
  await page.goBack();
  await expect(page.locator('.found > li')).toHaveCount(5);
});

test('a time is chosen by keyboard, and left again', async ({ page }) => {
  await page.goto(ADDRESS);
  const from = page.getByRole('slider', { name: 'Time from' });
  await from.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(from).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d$/);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(page.getByRole('button', { name: 'Search this time' })).toBeHidden();
  await from.focus();
  await page.keyboard.press('PageUp');
  await page.getByRole('button', { name: 'Search this time' }).press('Enter');
  await expect(page.locator('.found > li')).toHaveCount(4);
});

test('the longest of a search that was cut off are asked of the server', async ({
  page,
  stack,
}) => {
  // The newest are the shortest.
  const first = await sendShopTrace(stack, { ...SLOW, service: 'sorted' }, 9_000);
  const second = await sendShopTrace(stack, { ...GOOD, service: 'sorted' }, 8_000);
  await page.goto('search?service=sorted&lookback=6h&limit=1');
  const rows = page.locator('.found > li');
  await expect(rows).toContainText([second.slice(0, 7)]);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('the newest 1');
  await page.getByLabel('Sort by').selectOption('longest');
  await expect(page).toHaveURL(/sort=longest-first/);
  await expect(rows).toContainText([first.slice(0, 7)]);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('the longest 1');
  await expect(page.getByLabel('Sort by')).toHaveValue('longest');
  // Another search of the same kind keeps the order.
  await page.getByRole('button', { name: 'Find traces' }).click();
  await expect(rows).toContainText([first.slice(0, 7)]);
  await page.getByLabel('Sort by').selectOption('newest');
  await expect(rows).toContainText([second.slice(0, 7)]);
  await expect(page).not.toHaveURL(/sort=/);
});
