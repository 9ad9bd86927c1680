import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const KB = 1_000;

type File = Rolldown.OutputAsset | Rolldown.OutputChunk;
let files: readonly File[];
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

const bytesOf = (file: File) =>
  gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 6 }).length;
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const page = () => {
  const html = files.find(({ fileName }) => fileName === 'index.html');
  return String(html?.type === 'asset' && html.source);
};

const LANGUAGES = ['en', 'zh-cn'];
const named = (start: string) =>
  files.filter(({ fileName }) => fileName.startsWith(`assets/${start}-`));

/** The files, and all that they need before they can run. */
function withImports(wanted: Iterable<File>): Set<File> {
  const all = new Set(wanted);
  for (const file of all)
    if (file.type === 'chunk') {
      const { importedCss } = file.viteMetadata ?? { importedCss: [] };
      for (const name of [...file.imports, ...importedCss])
        all.add(files.find(({ fileName }) => fileName === name) as File);
    }
  return all;
}

/** What the search page loads. */
function searchPage(language: string): Set<File> {
  const first = files.filter(
    ({ fileName }) => fileName === 'index.html' || page().includes(fileName),
  );
  return withImports([...first, ...named(language)]);
}

/** What a trace loads, opened by its address. */
const tracePage = (language: string) =>
  new Set([
    ...searchPage(language),
    ...withImports([...named('trace-page'), ...named(`trace-${language}`)]),
  ]);

/**
 * What is loaded only when it is opened, or, as the tools of the search page and the minimap, beside what is shown first, and how many bytes that may add to search and trace page. The lessons' pages
 * and the list of keys can be opened from both, what comes after passing from a lesson.
 */
const PARTS: readonly (readonly [part: string, files: readonly string[], most: number])[] = [
  ['the critical path', ['critical-rows'], 1 * KB],
  ['the minimap of a trace', ['minimap'], 2.5 * KB],
  ['what follows a trace', ['follow', 'follow-LANGUAGE'], 2 * KB],
  ['both clocks of a trace', ['clocks', 'clocks-LANGUAGE'], 3 * KB],
  ['the details of a span', ['span-panel'], 3.5 * KB],
  ['the list of keys', ['keys-dialog', 'keys-LANGUAGE'], 2 * KB],
  ['the comparison of traces', ['compare-page', 'compare-LANGUAGE'], 10 * KB],
  ['the service graph', ['graph-page', 'graph-LANGUAGE'], 26.5 * KB],
  ['the other views of a trace', ['trace-views-page', 'views-LANGUAGE'], 11.5 * KB],
  ['the graph of a trace', ['trace-graph-page', 'trace-graph-LANGUAGE'], 22 * KB],
  ['the monitor', ['monitor-page', 'monitor-LANGUAGE'], 9 * KB],
  ['the break finder', ['breaks-page', 'breaks-LANGUAGE'], 9.1 * KB],
  ['the wire view', ['wire-page', 'wire-LANGUAGE'], 10.5 * KB],
  ['the search of each service', ['find-in-each'], 1 * KB],
  ['the tools of the search page', ['search-tools', 'tools-LANGUAGE'], 7 * KB],
  ['these tools and the plot', ['plot', 'search-tools', 'tools-LANGUAGE'], 10 * KB],
  ['the results as a table', ['result-table', 'table-LANGUAGE'], 5 * KB],
  ['the lessons', ['learn-page', 'learn-LANGUAGE'], 19.5 * KB],
  ['the comparison after a lesson', ['passed-code'], 3 * KB],
];

function partOf(names: readonly string[], language: string): File[] {
  const own = names.flatMap((name) => named(name.replace('LANGUAGE', language)));
  expect(own.length).toBeGreaterThanOrEqual(names.length);
  const before = tracePage(language);
  return [...withImports(own)].filter((file) => !before.has(file));
}

const bytesOfAll = (all: Iterable<File>) => sum([...all].map(bytesOf));

test.each(LANGUAGES)('the search page in %s loads at most 25 kB, gzipped', (language) => {
  const loaded = searchPage(language);
  const kinds = [...loaded].map(({ fileName }) => fileName.split('.').at(-1));
  expect([...new Set(kinds)].sort()).toEqual(['css', 'html', 'js']);
  expect(kinds.length).toBeLessThanOrEqual(5);
  expect(bytesOfAll(loaded)).toBeLessThanOrEqual(25 * KB);
});

test.each(LANGUAGES)('a trace opened in %s loads at most 40 kB, gzipped', (language) => {
  expect(named('trace-page').length).toBeGreaterThan(0);
  expect(named(`trace-${language}`)).toHaveLength(1);
  expect(bytesOfAll(tracePage(language))).toBeLessThanOrEqual(40 * KB);
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(PARTS)('%s adds to that, gzipped, no more than it may', (_part, names, most) => {
    expect(bytesOfAll(partOf(names, language))).toBeLessThanOrEqual(most);
  });
});

test('no file is left out of the figures above', () => {
  const counted = LANGUAGES.flatMap((language) => [
    ...tracePage(language),
    ...PARTS.flatMap(([, names]) => partOf(names, language)),
  ]);
  const left = files.filter((file) => !counted.includes(file));
  expect(left.map(({ fileName }) => fileName)).toEqual([]);
});

test('the page asks nothing of a strict Content-Security-Policy', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  expect(page()).toContain('<base href="/" data-inject-target="BASE_URL" />');
  expect(page()).toContain('src="./assets/');
});

test('nothing is drawn before the theme is known', () => {
  expect(page()).toMatch(/<script type="module" blocking="render"/);
});
