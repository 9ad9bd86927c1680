import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const KB = 1_000;

let files: readonly (Rolldown.OutputAsset | Rolldown.OutputChunk)[];
beforeAll(async () => {
  // Built anew and not written, so that an old dist cannot be measured instead.
  // Else Vite takes Vitest's `test` over, and builds the JSX of development.
  vi.stubEnv('NODE_ENV', 'production');
  const root = fileURLToPath(new URL('.', import.meta.url));
  const result = await build({ root, logLevel: 'silent', build: { write: false } });
  files = (result as Rolldown.RolldownOutput).output;
}, 60_000);
afterAll(() => {
  vi.unstubAllEnvs();
});

const bytesOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk) =>
  gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 6 }).length;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const page = () => {
  const html = files.find(({ fileName }) => fileName === 'index.html');
  return String(html?.type === 'asset' && html.source);
};

const LANGUAGES = ['en', 'zh-cn'];
/** Texts of every page. */
const isLanguage = ({ fileName }: { fileName: string }, language: string) =>
  fileName.includes(`/${language}-`);
/** Texts of any page. */
const isInLanguage = ({ fileName }: { fileName: string }, language: string) =>
  new RegExp(`/(?:[a-z]+-)?${language}-[^/]+$`).test(fileName);

/** Files that have to do with the lessons only. */
const isOfLessons = ({ fileName }: { fileName: string }) => /\/(?:learn|passed)-/.test(fileName);
/** Not loaded before a lesson is passed. */
const isAfterPassing = ({ fileName }: { fileName: string }) => fileName.includes('/passed-');
const otherLanguage = (language: string) => (language === 'en' ? 'zh-cn' : 'en');
/** What the entry loads by itself, and what those files import. */
function loadedFirst(language: string) {
  const names = new Set(
    files.filter(({ fileName }) => page().includes(fileName)).map((f) => f.fileName),
  );
  for (const file of files)
    if (names.has(file.fileName) && file.type === 'chunk')
      for (const name of file.imports) names.add(name);
  return files.filter(
    (file) =>
      file.fileName === 'index.html' || names.has(file.fileName) || isLanguage(file, language),
  );
}

test.each(LANGUAGES)('the search page in %s loads at most 25 kB, gzipped', (language) => {
  const loaded = loadedFirst(language);
  const kinds = loaded.map(({ fileName }) => fileName.split('.').at(-1)).sort();
  expect([...new Set(kinds)]).toEqual(['css', 'html', 'js']);
  expect(kinds.length).toBeLessThanOrEqual(5);
  expect(sum(loaded.map(bytesOf))).toBeLessThanOrEqual(25 * KB);
});

test.each(LANGUAGES)('search and trace pages in %s are at most 40 kB, gzipped', (language) => {
  for (const part of ['trace-page', 'keys-dialog', '/trace-en', '/trace-zh-cn', ...LANGUAGES])
    expect(files.some(({ fileName }) => fileName.includes(part))).toBe(true);
  const loaded = files.filter(
    (file) => !isOfLessons(file) && !isInLanguage(file, otherLanguage(language)),
  );
  expect(sum(loaded.map(bytesOf))).toBeLessThanOrEqual(40 * KB);
});

test.each(LANGUAGES)('the lessons in %s add at most 19 kB to that, gzipped', (language) => {
  const added = files.filter(
    (file) =>
      isOfLessons(file) && !isAfterPassing(file) && !isInLanguage(file, otherLanguage(language)),
  );
  expect(added).toHaveLength(3);
  expect(sum(added.map(bytesOf))).toBeLessThanOrEqual(19 * KB);
});

test('the comparison after a lesson adds at most 3 kB to that, gzipped', () => {
  const added = files.filter(isAfterPassing);
  expect(added).toHaveLength(2);
  expect(sum(added.map(bytesOf))).toBeLessThanOrEqual(3 * KB);
});

test('the page asks nothing of a strict Content-Security-Policy', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  expect(page()).toContain('<base href="/" data-inject-target="BASE_URL" />');
  expect(page()).toContain('src="./assets/');
});

test('nothing is drawn before the theme is known', () => {
  expect(page()).toMatch(/<script type="module" blocking="render"/);
});
