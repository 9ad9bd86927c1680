import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expect, test } from './test.ts';

const json = 'application/json';
const choose = (page: Page, ...files: { name: string; text: string }[]) =>
  page
    .getByLabel('Open files')
    .setInputFiles(
      files.map(({ name, text }) => ({ name, mimeType: json, buffer: Buffer.from(text) })),
    );

/** Clicks, and reads what the browser saves. */
async function downloaded(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText(button, { exact: true }).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), 'utf8'),
  };
}

test.describe('a trace that was downloaded can be opened again', () => {
  for (const [format, button, suffix] of [
    ["Jaeger's JSON", 'Download', ''],
    ['OTLP', 'Download as OTLP', '.otlp'],
    ['Zipkin v2', 'Download as Zipkin v2', '.zipkin'],
  ] as const)
    test(`as ${format}`, async ({ page, shop }) => {
      await page.goto(`trace/${shop.slow}?uiView=json`);
      const { name, text } = await downloaded(page, button);
      expect(name).toBe(`trace-${shop.slow}${suffix}.json`);
      // Under an id that the store does not know, so that nothing but the file can be shown.
      const other = `ffff${shop.slow.slice(4)}`;
      await page.goto('');
      await choose(page, { name, text: text.replaceAll(shop.slow, other) });
      const opened = page.getByRole('region', { name: 'From files' });
      await opened.getByRole('link', { name: 'frontend GET /checkout' }).click();
      await expect(page).toHaveURL(new RegExp(`/trace/${other}$`));
      const rows = page.getByRole('treegrid').locator('[data-row]');
      await expect(rows).toHaveCount(12);
      await expect(rows.nth(7)).toContainText('payment');
      await rows.filter({ hasText: 'POST card-gateway' }).first().click();
      const details = page.getByRole('complementary', { name: 'Span details' });
      await expect(details).toContainText('503');
      await expect(details).toContainText('the gateway is busy');
      await page.getByRole('tab', { name: 'JSON' }).click();
      await expect(page.getByRole('region', { name: 'The trace as JSON' })).toContainText(other);
    });
});

test('files are dropped on the page, and those that cannot be read are told', async ({
  page,
  complaints,
}) => {
  complaints.allowed = /status of 400/;
  await page.goto('');
  await expect(page.getByLabel('Open files')).toBeAttached();
  const drop = (type: string, files: Record<string, string>) =>
    page.evaluate(
      `(() => {
        const dataTransfer = new DataTransfer();
        for (const [name, text] of Object.entries(${JSON.stringify(files)}))
          dataTransfer.items.add(new File([text], name));
        document.body.dispatchEvent(
          new DragEvent('${type}', { dataTransfer, bubbles: true, cancelable: true }),
        );
      })()`,
    );
  await drop('dragover', { 'a.json': '' });
  await expect(page.getByText('Drop the files to open their traces')).toBeVisible();
  const span = { traceID: 'ab', spanID: '1', operationName: 'by hand', startTime: 1, duration: 5 };
  const trace = { traceID: 'ab', spans: [{ ...span, processID: 'p1' }], processes: {} };
  await drop('drop', {
    'good.json': JSON.stringify(trace),
    'notes.txt': 'hello',
    'other.json': '{"a":1}',
    'zipkin.json': '[{"traceId":"xyz","id":"1"}]',
  });
  await expect(page.getByText('Drop the files to open their traces')).toBeHidden();
  await expect(page.getByRole('region', { name: 'From files' })).toContainText('by hand');
  await expect(page.getByRole('alert')).toHaveText([
    'notes.txt cannot be opened: It is not JSON.',
    'other.json cannot be opened: It holds no traces in the JSON of Jaeger, Zipkin (v2) or OTLP.',
    /^zipkin.json cannot be opened: this is no list of Zipkin's spans: /,
  ]);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close the files' }).click();
  await expect(page.getByRole('region', { name: 'From files' })).toBeHidden();
});

test('the traces of a search are downloaded whole, and opened', async ({ page, shop }) => {
  await page.goto('search?service=payment&lookback=1h');
  await expect(page.locator('.found > li')).not.toHaveCount(0);
  const count = await page.locator('.found > li').count();
  const file = await downloaded(page, 'Download results');
  expect(file.name).toBe(`traces-${count}.json`);
  await choose(page, file);
  const opened = page.getByRole('region', { name: 'From files' });
  await expect(opened.getByRole('listitem')).toHaveCount(count);
  await expect(opened).toContainText(shop.good.slice(0, 7));
});
