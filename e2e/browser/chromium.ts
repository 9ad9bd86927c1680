import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser to test with: `$CHROMIUM_PATH`, Playwright's own, or one on the PATH. `undefined` if there is none. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: given, PATH = '' } = env;
  if (given) return given;
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return onPath.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const NO_CHROMIUM = `no Chromium: neither $CHROMIUM_PATH, nor Playwright's own, nor ${NAMES.join(', ')} on the PATH. To get one: npx playwright install chromium`;

/** Nothing that a test does not need: no sandbox (CI runs as root), no GPU, no calls to the outside. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
