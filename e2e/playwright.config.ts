import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath, NO_CHROMIUM } from './browser/chromium.ts';
import { JAEGER_UIS, noJaegerUi } from './browser/jaeger-uis.ts';

const executablePath = chromiumPath();
const isRunner = process.env['TEST_WORKER_INDEX'] === undefined;
if (!executablePath && process.env['CI']) throw new Error(`[browser] ${NO_CHROMIUM}`);
if (!executablePath && isRunner) console.log(`skipped: the browser tests (${NO_CHROMIUM})`);
for (const { variable, directory } of JAEGER_UIS)
  if (executablePath && !directory && isRunner)
    console.log(`skipped: six browser tests (${noJaegerUi(variable)})`);

const results = fileURLToPath(new URL('../test-results', import.meta.url));

export default defineConfig({
  testDir: 'browser',
  testMatch: '*.spec.ts',
  outputDir: `${results}/browser`,
  // One stack for all, and never more than one browser beside it.
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  // Generous, because the machine may be busy; a test that passes takes a second or two.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  ...(executablePath && { globalSetup: './browser/build-ui.ts' }),
  reporter: [['list'], ['json', { outputFile: `${results}/browser.json` }]],
  use: {
    viewport: { width: 1400, height: 900 },
    trace: 'off',
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) },
  },
});
