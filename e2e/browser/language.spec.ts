import { expect, test } from './test.ts';

// What is said is compared, not how it looks: a machine without a Chinese font draws boxes, and the test still holds.
test.beforeEach(({ lesson }) => lesson);

test.describe('a browser that asks for Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('reads Chinese on both pages', async ({ page, lesson }) => {
    await page.goto('');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect(page).toHaveTitle('搜索 · Spoor');
    await expect(page.getByLabel('服务', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: '查找 trace' })).toBeVisible();
    const found = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: lesson.traceId.slice(0, 7) });
    await expect(found).toContainText('3 个 span');
    await found.getByRole('link').click();
    await expect(page.getByRole('treegrid', { name: 'trace 的 span' })).toBeVisible();
    await page.getByRole('row', { name: 'CallHttpService1Opname' }).click();
    const details = page.getByRole('complementary', { name: 'span 详情' });
    for (const part of ['标签', '日志', '进程', '引用'])
      await expect(details.getByRole('heading', { name: part })).toBeVisible();
  });

  test('is answered in English where the link says so, and again in Chinese without it', async ({
    page,
  }) => {
    await page.goto('search?lang=en');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.goto('search');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  });
});

test('the switch changes the language in place, and the choice is kept', async ({
  page,
  lesson,
}) => {
  await page.goto(`trace/${lesson.traceId}?lang=en&level=2`);
  const rows = page.getByRole('treegrid').locator('[data-row]');
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: '切换到中文' }).click();
  await expect(page.getByText('第 2/3 层')).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/\?level=2$/);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await expect(page.getByText('Level 2 of 3')).toBeVisible();
});

test('a language that the UI does not speak is answered in English', async ({ page }) => {
  await page.goto('search?lang=tlh');
  await expect(page.getByRole('button', { name: 'Find traces' })).toBeVisible();
});

test('nobody loads a language that is not read', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('search');
  await expect(page.getByRole('button', { name: 'Find traces' })).toBeVisible();
  expect(loaded.filter((path) => /\/(en|zh-cn)-/.test(path))).toHaveLength(1);
});

test('the switch changes the pages that are loaded later, too', async ({ page, shop }) => {
  for (const [path, english, chinese] of [
    [`trace/${shop.good}?uiView=statistics`, '11 groups', '11 组'],
    ['dependencies', 'Service graph', '服务依赖图'],
    [`trace/${shop.good}...${shop.slow}`, 'Compare others', '比较其他 trace'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(english)).toBeVisible();
    await page.getByRole('button', { name: '切换到中文' }).click();
    await expect(page.getByText(chinese)).toBeVisible();
    await page.getByRole('button', { name: 'Switch to English' }).click();
    await expect(page.getByText(english)).toBeVisible();
  }
});
