/**
 * Takes the README's picture: lesson 3's trace with the details of one span, as docs/images/trace-page.png.
 * `npm run build:ui && node --import tsx e2e/browser/screenshot.ts`; needs a Chromium, and :2333 and :2334 free, so
 * that the picture shows the lesson's own addresses.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { runLesson3, type Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';

const PICTURE = fileURLToPath(new URL('../../docs/images/trace-page.png', import.meta.url));

const executablePath = chromiumPath();
if (!executablePath) throw new Error(`[screenshot] ${NO_CHROMIUM}`);

await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
const stack = JSON.parse(program.ready[0]) as Stack;
const { traceId, spanIds } = await runLesson3(stack, 1, { client: 2333, service1: 2334 });

const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
const page = await browser.newPage({
  viewport: { width: 1280, height: 680 },
  deviceScaleFactor: 1.5,
  colorScheme: 'light',
});
await page.goto(`${stack.queryUrl}/trace/${traceId}?span=${spanIds.get('CallHttpService1Opname')}`);
await page.getByRole('complementary').waitFor();
await mkdir(dirname(PICTURE), { recursive: true });
await page.screenshot({ path: PICTURE });
// On a busy machine the lesson takes longer than its sleeps, and the picture shows that.
console.log(await page.locator('.row .duration').allInnerTexts());
await browser.close();
