import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, test } from 'vitest';

const KB = 1_000;

let files: readonly (Rolldown.OutputAsset | Rolldown.OutputChunk)[];
beforeAll(async () => {
  // Built anew and not written, so that an old dist cannot be measured instead.
  const root = fileURLToPath(new URL('.', import.meta.url));
  const result = await build({ root, logLevel: 'silent', build: { write: false } });
  files = (result as Rolldown.RolldownOutput).output;
}, 60_000);

const bytesOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk) =>
  gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 6 }).length;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const page = () => {
  const html = files.find(({ fileName }) => fileName === 'index.html');
  return String(html?.type === 'asset' && html.source);
};

test('the search page loads at most 25 kB, gzipped', () => {
  const loaded = files.filter(
    (file) => file.fileName === 'index.html' || page().includes(file.fileName),
  );
  expect(loaded.map(({ fileName }) => fileName.split('.').at(-1)).sort()).toEqual([
    'css',
    'html',
    'js',
  ]);
  expect(sum(loaded.map(bytesOf))).toBeLessThanOrEqual(25 * KB);
});

test('all there is to load, the trace page included, is at most 40 kB, gzipped', () => {
  expect(files.some(({ fileName }) => fileName.includes('trace-page'))).toBe(true);
  expect(sum(files.map(bytesOf))).toBeLessThanOrEqual(40 * KB);
});

test('the page asks nothing of a strict Content-Security-Policy', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  expect(page()).toContain('<base href="/" data-inject-target="BASE_URL" />');
  expect(page()).toContain('src="./assets/');
});

test('nothing is drawn before the theme is known', () => {
  expect(page()).toMatch(/<script type="module" blocking="render"/);
});
