import type { Page } from '@playwright/test';
import { JAEGER_UIS, noJaegerUi } from './jaeger-uis.ts';
import type { Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';
import { expect, test } from './test.ts';

const BASE_PATH = '/jaeger';

/** Jaeger's own UI of each generation, as it was built by whoever says where, below a base path. */
for (const { variable, directory, resultRow } of JAEGER_UIS) {
  const testUi = test.extend<{ refusals: undefined }, { stack: Stack }>({
    stack: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
      async ({}, use) => {
        const env = { UI_DIRECTORY: directory ?? '', BASE_PATH };
        await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m, env);
        await use(JSON.parse(program.ready[0]) as Stack);
      },
      { scope: 'worker' },
    ],
    refusals: [
      async ({ page }, use) => {
        const refused: string[] = [];
        page.on('response', (response) => {
          if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
        });
        await use(undefined);
        expect(refused).toEqual([]);
      },
      { auto: true },
    ],
  });

  testUi.describe(`Jaeger's own UI (${variable})`, () => {
    testUi.skip(directory === undefined, noJaegerUi(variable));

    const spanRows = (page: Page) => page.locator('.span-row');

    async function search(page: Page): Promise<void> {
      const now = Date.now() * 1000;
      const times = `start=${now - 3_600_000_000}&end=${now}`;
      await page.goto(`search?service=frontend&limit=20&lookback=1h&${times}`);
      await expect(page.locator(resultRow)).toHaveCount(2);
    }

    testUi('finds traces and shows one, with the detail of a span', async ({ page, shop }) => {
      await search(page);
      await page.locator(resultRow).first().locator('a').first().click();
      await expect(page).toHaveURL(new RegExp(`${BASE_PATH}/trace/${shop.slow}`));
      await page.goto(`trace/${shop.good}`);
      await expect(spanRows(page)).toHaveCount(12);
      await spanRows(page).first().locator('.span-view').click();
      const detail = page.locator('.detail-info-wrapper');
      await expect(detail).toContainText(/http\.method\s*=\s*GET/);
      await expect(detail).toContainText(/zone\s*=\s*eu-1/);
      await expect(detail).toContainText('session found');
    });

    testUi(
      'links to the JSON of a trace below the base path, and archives it',
      async ({ page, shop }) => {
        await page.goto(`trace/${shop.good}`);
        await expect(spanRows(page)).toHaveCount(12);
        await page.locator('.AltViewOptions').click();
        const json = page.locator('a', { hasText: /^Trace JSON$/ });
        await expect(json).toHaveAttribute('href', new RegExp(`^${BASE_PATH}/api/traces/`));
        await page.keyboard.press('Escape');
        const archived = page.waitForResponse(`**${BASE_PATH}/api/archive/${shop.good}`);
        await page.getByRole('button', { name: 'Archive Trace' }).click();
        expect((await archived).status()).toBe(200);
      },
    );

    testUi('compares two traces', async ({ page, shop }) => {
      await page.goto(`trace/${shop.good}...${shop.slow}`);
      await expect(page.getByText('redis GET').first()).toBeVisible();
    });

    testUi('draws which service calls which', async ({ page, shop }) => {
      expect(shop.good).not.toBe(shop.slow);
      await page.goto('dependencies');
      for (const name of ['frontend', 'cart', 'payment', 'shipping'])
        await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    });

    testUi('draws figures of a service', async ({ page, shop }) => {
      expect(shop.good).not.toBe(shop.slow);
      await page.goto('monitor?service=frontend');
      await expect(page.getByRole('menuitem', { name: 'Monitor' })).toBeVisible();
      await expect(page.locator('.ant-table-row').first()).toBeVisible();
    });

    testUi('shows an uploaded file of OTLP', async ({ page, stack }) => {
      expect(stack.queryUrl).toContain(BASE_PATH);
      await page.goto('search');
      await page.getByText('Upload', { exact: true }).click();
      await page.locator('input[type=file]').setInputFiles({
        name: 'otlp.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ resourceSpans: [UPLOADED] })),
      });
      await page.locator(resultRow).first().locator('a').first().click();
      await expect(spanRows(page)).toHaveCount(1);
      await expect(spanRows(page)).toContainText('uploaded');
    });
  });
}

const UPLOADED = {
  resource: { attributes: [{ key: 'service.name', value: { stringValue: 'uploaded' } }] },
  scopeSpans: [
    {
      spans: [
        {
          traceId: 'f0'.repeat(16),
          spanId: 'f0'.repeat(8),
          name: 'once',
          startTimeUnixNano: '1790000000000000000',
          endTimeUnixNano: '1790000001000000000',
        },
      ],
    },
  ],
};
