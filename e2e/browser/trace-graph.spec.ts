import { axeFindings } from './axe-findings.ts';
import { GOOD, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

test('the graph groups the spans of a trace, and a box opens the longest of its group', async ({
  page,
  shop,
}) => {
  await page.goto(`trace/${shop.slow}`);
  await page.getByRole('tab', { name: 'Graph', exact: true }).click();
  await expect(page).toHaveURL(/uiView=graph$/);
  const graph = page.getByRole('region', { name: 'Graph of the trace' });
  const boxes = graph.getByRole('link');
  await expect(page.getByText('11 groups of 12 spans')).toBeVisible();
  await expect(boxes).toHaveCount(11);
  // Two calls of 180 and 300 ms, one of which failed.
  const gateway = graph.getByRole('link', { name: /^payment POST card-gateway/ });
  await expect(gateway).toHaveAccessibleName(
    'payment POST card-gateway 2 spans · 480 ms, itself 480 ms 1 error',
  );
  // Callers stand left of those they call.
  const x = async (name: RegExp) => (await graph.getByRole('link', { name }).boundingBox())?.x ?? 0;
  expect(await x(/^frontend GET \/checkout/)).toBeLessThan(await x(/^frontend payment\.Charge/));
  expect(await x(/^payment payment\.Charge/)).toBeLessThan(await x(/^payment POST card-gateway/));
  expect(await axeFindings(page)).toEqual([]);
  await gateway.focus();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Span details' });
  await expect(details).toContainText(/Duration\s*300 ms/);
  await expect(gateway).toHaveAttribute('aria-current', 'true');
  await page.getByLabel('Group by').selectOption('service');
  await expect(boxes).toHaveCount(4);
  await expect(graph.getByRole('link', { name: /^frontend 6 spans/ })).toBeVisible();
});

test('of very many operations the services are drawn, and that is said', async ({
  page,
  stack,
}) => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    service: `worker-${i % 3}`,
    name: `job-${i}`,
    at: i,
    lasts: 5,
  }));
  const traceId = await sendShopTrace(stack, { ...GOOD, calls: many });
  await page.goto(`trace/${traceId}?uiView=graph`);
  await expect(page.getByText('201 services and operations are too many')).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Graph of the trace' }).getByRole('link'),
  ).toHaveCount(4);
  await expect(page.getByLabel('Group by')).toBeDisabled();
});
