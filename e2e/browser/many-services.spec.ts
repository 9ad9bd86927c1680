import type { Page } from '@playwright/test';
import type { Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';
import { type Call, sendShopTrace, sendTraceOf } from './shop-traces.ts';
import { expect, testApart as test } from './test.ts';

const COUNT = 40;

/** A trace of each of so many services, the last one the newest. */
async function sendAll(stack: Stack): Promise<void> {
  for (let i = 0; i < COUNT; i++) {
    const call = { service: `svc-${i}`, name: `op-${i}`, at: 0, lasts: 50 };
    await sendShopTrace(stack, call, 60_000 - 1_000 * i);
  }
}

/** The services that searches were for, each once it is asked. */
function searches(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/api/traces')) asked.push(searchParams.get('service') ?? 'all');
  });
  return asked;
}

const newest = (count: number) =>
  Array.from({ length: count }, (_, i) => new RegExp(`op-${COUNT - 1 - i}\\b`));

test('the newest traces of forty services are found by one request', async ({ page, stack }) => {
  await sendAll(stack);
  const asked = searches(page);
  await page.goto('search?lookback=1h&limit=30');
  await expect(page.locator('.found > li')).toHaveText(newest(30));
  await expect(page.getByLabel('Service', { exact: true })).toContainText('All services');
  expect(asked).toEqual(['all']);
  await page.goto('search?operation=op-7&lookback=1h');
  await expect(page.locator('.found > li')).toHaveText([/op-7\b/]);
});

test('what a call of one of forty services became is found in any of them', async ({
  page,
  stack,
}) => {
  await sendAll(stack);
  const began = Date.now() - 3_600_000;
  const call: Call = { service: 'svc-1', name: 'call', kind: 'client', at: 50, lasts: 200 };
  const caller = { service: 'svc-1', name: 'order', at: 0, lasts: 400, calls: [call] };
  await sendTraceOf(stack, caller, began);
  const request: Call = { service: 'svc-2', name: 'take', kind: 'server', at: 52, lasts: 190 };
  const traceId = await sendTraceOf(stack, request, began);
  await page.goto(`trace/${traceId}?uiView=breaks`);
  const main = page.getByRole('main');
  await expect(main).toContainText('This trace probably begins in another one');
  await expect(main.getByRole('link', { name: 'svc-1 call' })).toBeVisible();
});

test('of a store that can only search one service, each of the forty is asked', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /501/;
  await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m, {
    FOREIGN_STORE: '1',
  });
  const stack = JSON.parse(program.ready[0]) as Stack;
  await sendAll(stack);
  const asked = searches(page);
  await page.goto(`${stack.queryUrl}/search?lookback=1h&limit=30`);
  await expect(page.locator('.found > li')).toHaveText(newest(30));
  expect(asked).toHaveLength(1 + COUNT);
  await page.goto('about:blank');
});
