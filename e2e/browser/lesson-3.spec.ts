import { expect, test } from './test.ts';

test.beforeEach(({ lesson }) => lesson);

test('lesson 3 is found on the search page and read on the trace page', async ({
  page,
  lesson,
}) => {
  await page.goto('');
  const found = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: lesson.traceId.slice(0, 7) });
  await expect(found).toContainText('jaeger-http-client jaegerHttpOpname');
  await expect(found).toContainText('jaeger-http-client 2');
  await expect(found).toContainText('jaeger-http-service1 1');
  await expect(found).toContainText('3 spans');

  await found.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/trace/${lesson.traceId}$`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'jaeger-http-client jaegerHttpOpname',
  );
  const rows = page
    .getByRole('treegrid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
  await expect(rows).toHaveCount(3);
  const expected = [
    ['1', 'jaeger-http-client jaegerHttpOpname'],
    ['2', 'jaeger-http-client CallHttpService1Opname'],
    ['3', 'jaeger-http-service1 jaegerHttpService1Opname'],
  ] as const;
  for (const [i, [level, name]] of expected.entries()) {
    await expect(rows.nth(i)).toHaveAttribute('aria-level', level);
    await expect(rows.nth(i).getByRole('gridcell').first()).toHaveText(name);
  }
  await expect(
    page.getByRole('main').getByRole('definition').filter({ hasText: /^3$/ }),
  ).toHaveCount(2);

  await page.goBack();
  await expect(found).toBeVisible();
});

test("a span's details hold its tags, logs, process and references", async ({ page, lesson }) => {
  await page.goto(`trace/${lesson.traceId}`);
  await page.getByRole('row', { name: 'CallHttpService1Opname' }).click();
  const details = page.getByRole('complementary', { name: 'Span details' });
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('CallHttpService1Opname');
  const pairs = details.getByRole('row');
  for (const pair of [
    /^http\.method\s*GET$/,
    /^http\.url\s*http:\/\/localhost:\d+\/httpService1$/,
    /^span\.kind\s*client$/,
  ])
    await expect(pairs.filter({ hasText: pair })).toHaveCount(1);
  const logs = details.getByRole('group').filter({ hasText: 'Logs' }).getByRole('listitem');
  await expect(logs).toHaveCount(2);
  await expect(logs.first()).toContainText(/^\+\d/);
  await expect(logs.first()).toContainText('baggage1');
  await expect(logs.last()).toContainText('Jaeger Http Service1');
  await expect(pairs.filter({ hasText: 'jaeger.version' })).toHaveCount(1);

  await details
    .getByRole('group')
    .filter({ hasText: 'References' })
    .getByRole('link', { name: 'jaegerHttpOpname' })
    .click();
  await expect(details.getByRole('heading', { level: 2 })).toHaveText('jaegerHttpOpname');
  await expect(details).toContainText('this span is the root');
  await details.getByRole('button', { name: 'Close details' }).click();
  await expect(details).toBeHidden();
});

test('a link to a span opens its details', async ({ page, lesson }) => {
  const spanId = lesson.spanIds.get('jaegerHttpService1Opname');
  await page.goto(`trace/${lesson.traceId}?span=${spanId}`);
  const details = page.getByRole('complementary');
  await expect(details.getByRole('row', { name: 'baggage1 12345', exact: true })).toBeVisible();
  await expect(page.getByRole('row', { selected: true })).toContainText('jaegerHttpService1Opname');
});

test('the tree can be walked, folded and opened from the keyboard', async ({ page, lesson }) => {
  await page.goto(`trace/${lesson.traceId}`);
  const tree = page.getByRole('treegrid');
  const rows = tree.locator('[data-row]');
  await expect(rows).toHaveCount(3);
  await tree.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(tree).toHaveAttribute(
    'aria-activedescendant',
    (await rows.nth(2).getAttribute('id')) ?? '',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary')).toContainText('jaegerHttpService1Opname');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toBeHidden();
});

test('spans are found by what they carry', async ({ page, lesson }) => {
  await page.goto(`trace/${lesson.traceId}`);
  await page
    .getByRole('searchbox', { name: 'Find in trace' })
    .pressSequentially('service1 baggage1=12345', { delay: 20 });
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(page).toHaveURL(/uiFind=service1\+baggage1%3D12345/);
});

test('the theme follows the system, and the choice is kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('');
  const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  const dark = await ground();
  const toggle = page.getByRole('switch', { name: 'Dark theme' });
  await expect(toggle).toBeChecked();
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  const light = await ground();
  expect(light).not.toBe(dark);
  await page.reload();
  expect(await ground()).toBe(light);
});
