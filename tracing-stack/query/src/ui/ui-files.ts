import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { UI_DIRECTORY } from '@spoor/platform';
import type { RequestHandler } from 'express';
import { sendBytes } from '../http/send.ts';
import { contentPolicy } from './content-policy.ts';
import { indexPage, type PageFacts } from './index-page.ts';
import type { UiConfig } from './ui-config.ts';

const INDEX = '/index.html';

/** Vite's names for files whose content never changes: `index-B3xk9_2a.js`. */
const HASHED_NAME = /-[\w-]{8,}\.\w+$/;

/** Below these every file is one of the build's, so that a missing one is missing, and not a page of the UI. */
const ASSETS = /^\/(?:static|assets)\//;

const MISSING_UI = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Spoor: the UI is not built</title>
<h1>The UI is not built</h1>
<p>The query API answers under <code>api/</code>. For the pages, run <code>npm run build:ui</code> and load this again.</p>
</html>
`;

export interface UiOptions {
  /** Another UI than ours, such as Jaeger's own. */
  readonly directory?: string | undefined;
  /** Where ours was built. */
  readonly ownDirectory?: string;
}

export interface UiPageOptions extends UiOptions, Omit<PageFacts, 'config'> {
  /** What the UI is configured with, if it takes that; asked for each page. */
  readonly config?: (() => Promise<UiConfig>) | undefined;
}

/** Serves the UI's files; a path that is none is left to who comes next. */
export function uiFiles({ directory, ownDirectory = UI_DIRECTORY }: UiOptions): RequestHandler {
  const root = directory ?? ownDirectory;
  return async (request, response, next) => {
    if (request.path === INDEX) return next();
    const file = await readUiFile(root, request.path);
    if (file === undefined) {
      if (!ASSETS.test(request.path)) return next();
      response.status(404).type('text/plain');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      return sendBytes(request, response, Buffer.from('404 page not found\n'));
    }
    const forever = ASSETS.test(request.path) && HASHED_NAME.test(request.path);
    response.setHeader(
      'Cache-Control',
      forever ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.type(request.path.slice(request.path.lastIndexOf('/') + 1));
    return sendBytes(request, response, file);
  };
}

/** Serves the UI's index.html on every path: the UI finds its page by the address. */
export function uiPage({
  basePath,
  capabilities,
  config,
  directory,
  ownDirectory = UI_DIRECTORY,
}: UiPageOptions): RequestHandler {
  const root = directory ?? ownDirectory;
  return async (request, response) => {
    const index = await readUiFile(root, INDEX);
    const html = index?.toString() ?? MISSING_UI;
    const page = indexPage(html, { basePath, capabilities, config: await config?.() });
    if (index === undefined) response.status(503);
    // Another UI may need what ours does without.
    if (directory === undefined) response.setHeader('Content-Security-Policy', contentPolicy(page));
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html');
    return sendBytes(request, response, Buffer.from(page));
  };
}

/** The bytes of a file below `root`, or `undefined` if the path names none or leads out. */
async function readUiFile(root: string, path: string): Promise<Buffer | undefined> {
  const file = join(root, decoded(path) ?? '');
  if (!file.startsWith(root + sep) || file.includes('\0')) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(code)) return undefined;
    throw error;
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
