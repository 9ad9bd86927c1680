import type { Page } from '@playwright/test';
import { type Call, sendTraceOf } from './shop-traces.ts';
import { expect, test } from './test.ts';

/** Milliseconds since 1970: days ago, so that no other test's traces lie in the same time. */
const START = Date.now() - 5 * 86_400_000;
const SECOND = 1_000;

const span = (number: number, at: number, lasts: number): Call => ({
  service: 'zoomed',
  name: `span-${number}`,
  spanId: String(number + 1).padStart(16, '0'),
  at,
  lasts,
});
/** A child in each half of ten seconds. */
const HALVES: readonly Call[] = [
  span(1, SECOND, SECOND),
  { ...span(2, 7 * SECOND, SECOND), fails: true },
];
const root = (calls: readonly Call[]): Call => ({ ...span(0, 0, 10 * SECOND), calls });

let traceId: string;
test.beforeAll(async ({ stack }) => {
  traceId = await sendTraceOf(stack, root(HALVES), START);
});

const minimap = (page: Page) => page.getByRole('group', { name: 'The whole trace' });
const from = (page: Page) => page.getByRole('slider', { name: 'Zoom from' });
const to = (page: Page) => page.getByRole('slider', { name: 'Zoom to' });
const row = (page: Page, name: string) => page.getByRole('row', { name });

/** Drags within the minimap, from one part of its width to another. */
async function drag(page: Page, start: number, end: number): Promise<void> {
  const box = await minimap(page).boundingBox();
  if (!box) throw new Error('the minimap is not shown');
  const x = (part: number) => box.x + part * box.width;
  const y = box.y + box.height / 2;
  await page.mouse.move(x(start), y);
  await page.mouse.down();
  await page.mouse.move(x((start + end) / 2), y);
  await page.mouse.move(x(end), y);
  await page.mouse.up();
}

test.describe('the minimap', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(`trace/${traceId}`);
    await expect(to(page)).toHaveAttribute('aria-valuetext', '10 s');
  });

  test('a drag zooms axis and bars, and the address keeps it', async ({ page }) => {
    await drag(page, 0.6, 0.9);
    await expect(from(page)).toHaveAttribute('aria-valuetext', /^(5\.9\d?|6(\.0\d)?) s$/);
    await expect(to(page)).toHaveAttribute('aria-valuetext', /^(8\.9\d?|9(\.0\d)?) s$/);
    await expect(page.getByRole('columnheader', { name: 'Time' })).toContainText('7.5 s');
    await expect(row(page, 'span-2').locator('.bar')).toBeVisible();
    await expect(row(page, 'span-1').locator('.bar')).toHaveCount(0);
    await expect(row(page, 'span-1')).toContainText('1 s');
    await expect(page).toHaveURL(/[?&]zoom=\d+-\d+$/);

    await page.reload();
    await expect(row(page, 'span-1').locator('.bar')).toHaveCount(0);
    await expect(from(page)).toHaveAttribute('aria-valuetext', /^(5\.9\d?|6(\.0\d)?) s$/);
  });

  test('a double click shows the whole again, and so does Escape', async ({ page }) => {
    await drag(page, 0.9, 0.6);
    await expect(row(page, 'span-1').locator('.bar')).toHaveCount(0);
    await minimap(page).dblclick({ position: { x: 30, y: 30 } });
    await expect(to(page)).toHaveAttribute('aria-valuetext', '10 s');
    await expect(page).not.toHaveURL(/zoom=/);

    await drag(page, 0.6, 0.9);
    await expect(page).toHaveURL(/zoom=/);
    await from(page).focus();
    await page.keyboard.press('Escape');
    await expect(from(page)).toHaveAttribute('aria-valuenow', '0');
    await expect(page).not.toHaveURL(/zoom=/);
  });

  test('its handles are moved by pointer and by keyboard', async ({ page }) => {
    await drag(page, 0, 0.5);
    await expect(from(page)).toHaveAttribute('aria-valuetext', /^(4\.9\d?|5(\.0\d)?) s$/);
    await to(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(to(page)).toHaveAttribute('aria-valuetext', /^9\.7\d? s$/);
    await page.keyboard.press('Home');
    await expect(from(page)).toHaveAttribute('aria-valuetext', /^(4\.9\d?|5(\.0\d)?) s$/);
    await page.keyboard.press('End');
    await expect(to(page)).toHaveAttribute('aria-valuetext', '10 s');
  });

  test('keys zoom, move and reset wherever the focus is', async ({ page }) => {
    await page.keyboard.press('+');
    await expect(from(page)).toHaveAttribute('aria-valuetext', '1.67 s');
    await page.keyboard.press('D');
    await expect(to(page)).toHaveAttribute('aria-valuetext', '10 s');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('z');
    await expect(from(page)).toHaveAttribute('aria-valuetext', '900 ms');
    await expect(to(page)).toHaveAttribute('aria-valuetext', '2.1 s');
    await page.keyboard.press('Escape');
    await expect(to(page)).toHaveAttribute('aria-valuetext', '10 s');
  });

  test('errors are marked on it', async ({ page }) => {
    // The opacity of the lowest line at 70 % of the width, where the error is, and at 30 %.
    const opacities = () =>
      page.evaluate(`(() => {
        const canvas = document.querySelector('.minimap canvas');
        const pixel = (part) =>
          canvas.getContext('2d').getImageData(part * canvas.width + 1, canvas.height - 2, 1, 1);
        return [0.7, 0.3].map((part) => pixel(part).data[3]);
      })()`);
    await expect.poll(opacities).toEqual([255, 0]);
  });
});

test('where a span is stamped years away, the page offers to zoom to the others', async ({
  page,
  stack,
}) => {
  const far = span(3, -25 * 365.25 * 86_400 * SECOND, SECOND);
  const farTraceId = await sendTraceOf(stack, root([...HALVES, far]), START);
  await page.goto(`trace/${farTraceId}`);
  await expect(page.getByText('Most spans lie within 10 s')).toBeVisible();
  await page.getByRole('button', { name: 'Zoom to most spans' }).click();
  const axis = page.getByRole('columnheader', { name: 'Time' });
  await expect(axis).toContainText('+2 s');
  const bar = await row(page, 'span-0').locator('.bar').boundingBox();
  expect(bar?.width).toBeGreaterThan(300);
  await page.getByRole('button', { name: 'Show the whole trace' }).click();
  await expect(axis).toContainText('2000d');
});

test('a link keeps zoom, fold level, span and find; Jaeger’s uiFind names spans by id', async ({
  page,
}) => {
  await page.goto(`trace/${traceId}?level=1&zoom=6000000-9000000`);
  await expect(row(page, 'span-')).toHaveCount(1);
  await expect(page.getByText('Level 1 of 2')).toBeVisible();
  await expect(from(page)).toHaveAttribute('aria-valuetext', '6 s');
  await page.getByRole('button', { name: 'One level more' }).click();
  await expect(row(page, 'span-')).toHaveCount(3);
  await expect(page).not.toHaveURL(/level=/);
  await page.keyboard.press(']');
  await expect(page).toHaveURL(/level=1/);

  await page.keyboard.press('[');
  await row(page, 'span-2').click();
  await page.getByRole('complementary').getByRole('link', { name: 'span-0' }).click();
  await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toHaveText(
    'span-0',
  );
  await expect(from(page)).toHaveAttribute('aria-valuetext', '6 s');
  await page.goBack();
  await expect(page).toHaveURL(/span=0000000000000003/);

  // A span that the link names is shown, although its level is folded.
  await page.goto(`trace/${traceId}?level=1&uiFind=0000000000000003`);
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(row(page, 'span-2')).toBeVisible();
  await expect(page.getByRole('treegrid')).toHaveAttribute('aria-activedescendant', 'row-2');
});

test('what is copied is the address of what is shown, without the language', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`trace/${traceId}?lang=en`);
  await row(page, 'span-1').click();
  await page.keyboard.press('+');
  await page
    .getByRole('complementary')
    .getByRole('button', { name: 'Copy link to this span' })
    .click();
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
  await expect
    .poll(copied)
    .toMatch(new RegExp(`/trace/${traceId}\\?span=0000000000000002&zoom=1666667-8333333$`));
});

for (const width of [320, 380, 480])
  for (const locale of ['en', 'zh-CN'] as const)
    test.describe(`on a screen of ${width} px, in ${locale}`, () => {
      test.use({ locale, viewport: { width, height: 800 } });

      test('the trace page hangs over no edge', async ({ page }) => {
        await page.goto(`trace/${traceId}?uiFind=span&zoom=1000000-9000000`);
        await expect(page.getByRole('treegrid')).toContainText('span-2');
        const boxes = await page.evaluate<{ left: number; right: number }[]>(
          `[...document.querySelectorAll('.toolbar button, .trace-header button, .top-bar > button')]
            .map((each) => each.getBoundingClientRect().toJSON())`,
        );
        expect(boxes.length).toBeGreaterThan(8);
        for (const box of boxes) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(width);
        }
        const [count, up] = [page.locator('.find span'), page.locator('.find .up')];
        const [left, right] = [await count.boundingBox(), await up.boundingBox()];
        expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
        const words = await page.evaluate<[number, number]>(
          "((span) => [span.scrollWidth, span.clientWidth])(document.querySelector('.find span'))",
        );
        expect(words[0]).toBeLessThanOrEqual(words[1]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const id = page.getByRole('textbox', { name: 'Trace' });
        const idWidth = (await id.boundingBox())?.width;
        expect(idWidth, 'room for a trace id').toBeGreaterThanOrEqual(150);
      });
    });
