import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { listen } from '@spoor/platform';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../testing/ask.ts';
import { contentPolicy } from './content-policy.ts';
import { type UiOptions, uiFiles, uiPage } from './ui-files.ts';

const INDEX =
  '<base href="/" data-inject-target="BASE_URL" /><script src="./a.js"></script><b>UI</b>';

const CAPABILITIES = { archiveStorage: true, metricsStorage: true };

let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-ui-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', 'index.html'), INDEX);
  await writeFile(join(folder, 'dist', 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'dist', 'assets', 'index-B3xk9_2a.js'), 'let a;');
  await writeFile(join(folder, 'dist', 'assets', 'plain.css'), 'b{}');
});

afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function serve(options: UiOptions, basePath = ''): Promise<number> {
  const page = uiPage({ ...options, basePath, capabilities: CAPABILITIES });
  const server = createServer(express().use(basePath || '/', uiFiles(options), page));
  servers.push(server);
  return listen(server, { component: 'test', host: '127.0.0.1', port: 0 });
}

function serveOwn(basePath = ''): Promise<number> {
  return serve({ ownDirectory: join(folder, 'dist') }, basePath);
}

describe('files', () => {
  test.each<[string, string, string]>([
    [
      '/assets/index-B3xk9_2a.js',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/assets/plain.css', 'text/css; charset=utf-8', 'no-cache'],
    ['/favicon.svg', 'image/svg+xml', 'no-cache'],
  ])('%s is served as %s, kept %s', async (path, type, caching) => {
    const { status, headers } = await ask(await serveOwn(), path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': caching,
      'x-content-type-options': 'nosniff',
    });
  });

  test('are sent with gzip to who takes it', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    const { body } = await ask(await serveOwn(), '/assets/plain.css', { headers });
    expect(gunzipSync(body).toString()).toBe('b{}');
  });

  test.each([
    '/assets/gone.js',
    '/static/gone.js',
    '/assets/',
    '/assets/%00',
    '/assets/%2e%2e/%2e%2e/secret.txt',
  ])('%s is missing', async (path) => {
    const { status, body } = await ask(await serveOwn(), path);
    expect(status).toBe(404);
    expect(body.toString()).toBe('404 page not found\n');
  });
});

describe('the page', () => {
  test.each([
    '/',
    '/index.html',
    '/search',
    '/trace/ab',
    '/api/nothing',
    '/gone.ico',
    '/..%2fsecret.txt',
    '/%zz',
    '/assets',
  ])('is what %s shows', async (path) => {
    const { status, headers, body } = await ask(await serveOwn(), path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(body.toString()).toContain('<b>UI</b>');
  });

  test('knows the path below which it is served', async () => {
    const port = await serveOwn('/jaeger/ui');
    const { body } = await ask(port, '/jaeger/ui/search');
    expect(body.toString()).toContain('<base href="/jaeger/ui/" data-inject-target="BASE_URL"/>');
    expect((await ask(port, '/jaeger/ui/assets/plain.css')).body.toString()).toBe('b{}');
    expect((await ask(port, '/assets/plain.css')).status).toBe(404);
  });

  test('says how to build the UI while there is none', async () => {
    const port = await serve({ ownDirectory: join(folder, 'none') });
    const { status, body } = await ask(port, '/search');
    expect(status).toBe(503);
    expect(body.toString()).toContain('npm run build:ui');
  });

  test('of another UI comes without our policy, which it may not keep', async () => {
    const port = await serve({ directory: join(folder, 'dist') });
    const { headers, body } = await ask(port, '/');
    expect(headers['content-security-policy']).toBeUndefined();
    expect(body.toString()).toContain('<b>UI</b>');
  });
});

test('contentPolicy allows scripts in the page by their hash, and no others', () => {
  const script = 'let theme;\n';
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = contentPolicy(
    `<script src="a.js"></script><script type="module">${script}</script>`,
  );
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(policy).not.toContain('unsafe');
});
