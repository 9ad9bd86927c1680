import { expect, test } from './test.ts';

test.beforeEach(async ({ page, lesson }) => {
  await page.goto(`trace/${lesson.traceId}`);
  await expect(page.getByRole('treegrid').locator('[data-row]')).toHaveCount(3);
});

test('the question mark lists the keys; Escape closes the list', async ({ page }) => {
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('term').first()).toHaveText('↓↑jk');
  // Keys are the dialog's as long as it is open.
  await page.keyboard.press(']');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('treegrid').locator('[data-row]')).toHaveCount(3);
});

test('on coming to the page the first arrow key is the tree’s', async ({ page }) => {
  const tree = page.getByRole('treegrid');
  await page.keyboard.press('ArrowDown');
  await expect(tree).toBeFocused();
  await expect(tree).toHaveAttribute('aria-activedescendant', 'row-1');
  await page.keyboard.press('j');
  await expect(tree).toHaveAttribute('aria-activedescendant', 'row-2');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary')).toContainText('CallHttpService1Opname');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toBeHidden();
});

test('letters fold by levels, and the slash goes to the find box', async ({ page }) => {
  const rows = page.getByRole('treegrid').locator('[data-row]');
  await page.keyboard.press('p');
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('p');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('o');
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('[');
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('/');
  const find = page.getByRole('searchbox');
  await expect(find).toBeFocused();
  // In a field letters are letters.
  await page.keyboard.type('opname]p');
  await expect(find).toHaveValue('opname]p');
  await expect(rows).toHaveCount(3);
});

test('n goes from match to match', async ({ page }) => {
  await page.getByRole('searchbox').fill('jaegerHttp');
  await expect(page.getByText('1 of 2')).toBeVisible();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('n');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await page.keyboard.press('N');
  await expect(page.getByText('1 of 2')).toBeVisible();
});

test('shortcuts of one letter can be switched off, as WCAG 2.1.4 asks', async ({ page }) => {
  const rows = page.getByRole('treegrid').locator('[data-row]');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('checkbox').uncheck();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press(']');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(rows).toHaveCount(3);
  await page.reload();
  await expect(rows).toHaveCount(3);
  await page.keyboard.press(']');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('treegrid')).toHaveAttribute('aria-activedescendant', 'row-1');
  await expect(rows).toHaveCount(3);
});

test('every row says its level, its place and how many stand beside it', async ({ page }) => {
  const row = page.getByRole('row', { name: 'CallHttpService1Opname' });
  for (const [name, value] of [
    ['aria-level', '2'],
    ['aria-posinset', '1'],
    ['aria-setsize', '1'],
    ['aria-expanded', 'true'],
    ['aria-rowindex', '3'],
  ] as const)
    await expect(row).toHaveAttribute(name, value);
});
