import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { inEachLook } from './each-look.ts';
import type { Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';
import { type Call, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** The clock of the service that is called is 2,055 ms behind: 50 + (100 - 90) / 2 + 2,000. */
const SKEWED: Call = {
  service: 'orders',
  name: 'POST /order',
  kind: 'server',
  at: 0,
  lasts: 400,
  calls: [
    {
      service: 'orders',
      name: 'call',
      kind: 'client',
      at: 50,
      lasts: 100,
      calls: [{ service: 'stock', name: 'reserve', kind: 'server', at: -2_000, lasts: 90 }],
    },
  ],
};
const HOUR = 3_600_000;
const BOTH = { en: 'Both clocks', 'zh-CN': '两个时钟' };

/** Milliseconds from the left end of the time line to that of an element in it, as it is drawn. */
async function drawnAt(page: Page, selector: string, duration: number): Promise<number> {
  const [at = 0, of = 1] = await page.evaluate<[number, number]>(
    `(() => {
      const lane = document.querySelector('.row .lane').getBoundingClientRect();
      return [document.querySelector('${selector}').getBoundingClientRect().left - lane.left, lane.width];
    })()`,
  );
  return (at / of) * duration;
}

interface RawSpan {
  readonly operationName: string;
  readonly startTime: number;
}

async function startTimes(queryUrl: string, traceId: string, raw: boolean) {
  const answer = await fetch(`${queryUrl}/api/traces/${traceId}?raw=${raw}`);
  const { data } = (await answer.json()) as { data: [{ spans: RawSpan[] }] };
  return new Map(data[0].spans.map(({ operationName, startTime }) => [operationName, startTime]));
}

test('where nothing is moved, a dashed bar shows the time by the caller’s clock', async ({
  page,
  stack,
}) => {
  const traceId = await sendShopTrace(stack, SKEWED, 6 * HOUR);
  await page.goto(`trace/${traceId}`);
  const rows = page.getByRole('treegrid').locator('[data-row]');
  await expect(rows).toHaveCount(3);
  const other = rows.locator('.other-bar');
  await expect(other).toHaveCount(0);
  const button = page.getByRole('button', { name: 'Both clocks' });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/\?clocks=1$/);
  await expect(other).toHaveCount(1);
  await expect(rows.nth(2)).toContainText('clock 2.06 s behind');
  await expect(page.getByText(/^Where its caller’s clock would have put the span/)).toBeVisible();
  // The trace still takes the time that it took: from -2,000 to 400.
  await expect(page.locator('.trace-header')).toContainText('2.4 s');
  expect(await drawnAt(page, '.row:nth-child(3) .bar', 2_400)).toBeCloseTo(0, -1);
  expect(await drawnAt(page, '.row .other-bar', 2_400)).toBeCloseTo(2_055, -1);
  await page.keyboard.press('t');
  await expect(other).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/trace/${traceId}$`));
});

test('where the query service moved the span, its own time is drawn as raw=true answers it', async ({
  page,
}) => {
  await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m, {
    MAX_CLOCK_SKEW: '5000000',
  });
  const stack = JSON.parse(program.ready[0]) as Stack;
  const traceId = await sendShopTrace(stack, SKEWED, 6 * HOUR);
  const moved = await startTimes(stack.queryUrl, traceId, false);
  const raw = await startTimes(stack.queryUrl, traceId, true);
  const behind = ((moved.get('reserve') ?? 0) - (raw.get('reserve') ?? 0)) / 1_000;
  expect(behind).toBe(2_055);

  await page.goto(`${stack.queryUrl}/trace/${traceId}`);
  const rows = page.getByRole('treegrid').locator('[data-row]');
  await expect(rows).toHaveCount(3);
  // By its caller's clock the trace takes 400 ms; there is room for its own clock's once that is drawn.
  expect(await drawnAt(page, '.row:nth-child(3) .bar', 400)).toBeCloseTo(55, -1);
  // What is folded and where the cursor is stays.
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('t');
  await expect(rows.locator('.other-bar')).toHaveCount(1);
  await expect(page.locator('.row.cursor')).toContainText('reserve');
  await expect(page.getByText(/^Where the span’s own clock put it/)).toBeVisible();
  expect(await drawnAt(page, '.row:nth-child(3) .bar', 2_400)).toBeCloseTo(2_055, -1);
  expect(await drawnAt(page, '.row .other-bar', 2_400)).toBeCloseTo(0, -1);
});

test('a trace whose clocks agree has no second clock to show', async ({ page, shop }) => {
  await page.goto(`trace/${shop.good}?clocks=1`);
  await expect(page.getByRole('treegrid').locator('[data-row]')).toHaveCount(12);
  await expect(page.getByRole('button', { name: 'Both clocks' })).toHaveCount(0);
  await expect(page.locator('.other-bar')).toHaveCount(0);
});

inEachLook((locale) => {
  test('axe-core finds nothing where both clocks are drawn', async ({ page, stack }) => {
    const traceId = await sendShopTrace(stack, SKEWED, 6 * HOUR);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`trace/${traceId}?clocks=1`);
      await expect(page.locator('.row .other-bar')).toHaveCount(1);
      await expect(page.getByRole('button', { name: BOTH[locale] })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});
