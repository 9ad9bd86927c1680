import { axeFindings } from './axe-findings.ts';
import { expect, test } from './test.ts';

/** What the tests below look for, in the language of the page. */
const WORDS = {
  en: { noSpans: 'No spans have arrived', matches: /of \d/, keys: 'Keyboard shortcuts' },
  'zh-CN': { noSpans: '还没有收到 span', matches: /共 \d/, keys: '键盘快捷键' },
} as const;

for (const locale of ['en', 'zh-CN'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    test.describe(`in ${locale}, in the ${colorScheme} theme, axe-core finds nothing`, () => {
      test.use({ colorScheme, locale });
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

      test('on a narrow screen, and in the list of keys', async ({ page, lesson }) => {
        await page.setViewportSize({ width: 400, height: 800 });
        await page.goto(`trace/${lesson.traceId}?span=${lesson.spanIds.get('jaegerHttpOpname')}`);
        await expect(page.getByRole('complementary')).toBeVisible();
        expect(await axeFindings(page)).toEqual([]);
        await page.getByRole('button', { name: words.keys }).click();
        await expect(page.getByRole('dialog', { name: words.keys })).toBeVisible();
        expect(await axeFindings(page)).toEqual([]);
        const scrollWidth = await page.evaluate('document.documentElement.scrollWidth');
        expect(scrollWidth, 'nothing hangs over the edge').toBeLessThanOrEqual(400);
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
    });
