import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import { type Call, sendShopTrace } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** What the tests below look for, in the language of the page. */
const WORDS = {
  en: { noSpans: 'No spans have arrived', matches: /^\d of \d/, keys: 'Keyboard shortcuts' },
  'zh-CN': { noSpans: '还没有收到 span', matches: /共 \d/, keys: '键盘快捷键' },
} as const;

/** A span that was not finished, and a clock that is two seconds behind. */
const BROKEN: Call = {
  service: 'orders',
  name: 'POST /order',
  kind: 'server',
  at: 0,
  lasts: 400,
  calls: [
    {
      service: 'orders',
      name: 'lost',
      at: 10,
      lasts: 30,
      isLost: true,
      calls: [{ service: 'orders', name: 'check', at: 20, lasts: 10 }],
    },
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

inEachLook((locale) => {
  const words = WORDS[locale];

  test('on the search page', async ({ page, lesson }) => {
    await page.goto('');
    await expect(page.getByRole('main')).toContainText(lesson.traceId.slice(0, 7));
    expect(await axeFindings(page)).toEqual([]);
  });

  test('on the trace page, details closed and open, and zoomed', async ({ page, lesson }) => {
    await page.goto(`trace/${lesson.traceId}`);
    await expect(page.getByRole('treegrid')).toContainText('jaegerHttpService1Opname');
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('row', { name: 'CallHttpService1Opname' }).click();
    await page.keyboard.press('+');
    await page.getByRole('searchbox').fill('http');
    await expect(page.getByText(words.matches)).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });

  test('where a trace breaks, in its graph, and in the tools of the search page', async ({
    page,
    stack,
    shop,
  }) => {
    test.slow();
    const traceId = await sendShopTrace(stack, BROKEN, 7_200_000);
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const isWithin = async () =>
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.goto(`trace/${traceId}?uiView=breaks`);
      await expect(page.getByRole('article')).toHaveCount(2);
      expect(await axeFindings(page)).toEqual([]);
      await isWithin();
      await page.goto(`trace/${shop.slow}?uiView=graph`);
      await expect(page.locator('.trace-node')).toHaveCount(11);
      expect(await axeFindings(page)).toEqual([]);
      await isWithin();
      await page.goto('search?service=payment');
      await page.getByRole('slider').first().press('PageUp');
      await page.locator('.live-button').click();
      await expect(page.locator('.plot-choice')).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await isWithin();
    }
  });

  test('on a narrow screen, and in the list of keys', async ({ page, lesson }) => {
    await page.setViewportSize({ width: 400, height: 800 });
    await page.goto(`trace/${lesson.traceId}?span=${lesson.spanIds.get('jaegerHttpOpname')}`);
    await expect(page.getByRole('complementary')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: words.keys }).click();
    await expect(page.getByRole('dialog', { name: words.keys })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await expectWithin(page, 400);
  });

  test('where there is nothing to show, and where something failed', async ({
    page,
    complaints,
  }) => {
    complaints.allowed = /status of 404/;
    await page.route('**/api/services', (route) =>
      route.fulfill({ json: { data: null, errors: null } }),
    );
    await page.goto('');
    await expect(page.getByRole('heading', { name: words.noSpans })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto('trace/abc');
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}, ', axe-core finds nothing');
