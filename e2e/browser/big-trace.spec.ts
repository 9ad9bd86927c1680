import { expect, test } from './test.ts';

const SPANS = 50_000;
const TRACE_ID = '00000000000050ca';

/** As the API would send it: every span has a parent among the ten before it, and lies inside of it. */
function bigTrace() {
  const startTime = Date.now() * 1_000;
  const id = (i: number) => (i + 1).toString(16).padStart(16, '0');
  const spans = Array.from({ length: SPANS }, (_, i) => ({
    traceID: TRACE_ID,
    spanID: id(i),
    operationName: `operation-${i}`,
    references:
      i === 0
        ? []
        : [
            {
              refType: 'CHILD_OF',
              traceID: TRACE_ID,
              spanID: id(i - 1 - ((i * 7) % Math.min(i, 10))),
            },
          ],
    startTime: startTime + i,
    duration: SPANS - i,
    tags: [{ key: 'number', type: 'int64', value: i }],
    logs: [],
    processID: `p${i % 12}`,
    warnings: null,
  }));
  const processes = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`p${i}`, { serviceName: `service-${i}`, tags: [] }]),
  );
  return { data: [{ traceID: TRACE_ID, spans, processes, warnings: null }], errors: null };
}

test(`a trace of ${SPANS} spans is shown whole, by few elements`, async ({ page }) => {
  await page.route(`**/api/traces/${TRACE_ID}`, (route) => route.fulfill({ json: bigTrace() }));
  await page.goto(`trace/${TRACE_ID}`);
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
