import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashProblems, withHashes } from './readme-hashes.ts';
import { headingProblems, LESSON_HEADINGS } from './readme-headings.ts';
import { linkProblems } from './readme-links.ts';
import { regionProblems, withRegions } from './readme-regions.ts';
import { readmeProblems, readmes } from './readmes.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spoor-readmes-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, ...lines: string[]): string {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `${lines.join('\n')}\n`);
  return file;
}
const text = (file: string) => readFileSync(join(root, file), 'utf8');

test('this project’s READMEs are what they say they are', () => {
  expect(readmes(project)).toContain('lessons/03-http/README.zh-CN.md');
  expect(readmeProblems(project)).toEqual([]);
});

describe('code in a README', () => {
  const code = [
    'import { a } from "b";',
    '',
    'export async function outer(): Promise<void> {',
    '  const list = [',
    '    1,',
    '  ];',
    '  if (list) {',
    '    inner(list);',
    '  }',
    '}',
    '',
    'const one = 1;',
  ];
  const show = (source: string, ...lines: string[]) => {
    write('code.ts', ...code);
    return write('README.md', 'Look:', '', `<!-- from: ${source} -->`, '```ts', ...lines, '```');
  };

  test.each<[string, string[]]>([
    ['code.ts', code],
    ['code.ts#outer', code.slice(2, 10)],
    ['code.ts#one', ['const one = 1;']],
    ['code.ts#list', ['const list = [', '  1,', '];']],
    ['code.ts "if (list)" … "}"', ['if (list) {', '  inner(list);', '}']],
    ['code.ts "inner(list)"', ['inner(list);']],
    ['code.ts "list"#3', ['inner(list);']],
    ['code.ts "const one = 1;" …', code.slice(11)],
  ])('from %s is that piece, moved to the left', (source, lines) => {
    expect(regionProblems(root, show(source, ...lines))).toEqual([]);
  });

  test('that was typed by hand, or got old, is found; --update mends it', () => {
    const readme = show('code.ts#one', 'const one = 2;');
    expect(regionProblems(root, readme)).toEqual([
      'README.md:4: is not what code.ts#one says; run --update',
    ]);
    writeFileSync(join(root, readme), withRegions(root, readme));
    expect(regionProblems(root, readme)).toEqual([]);
    expect(text(readme)).toContain('```ts\nconst one = 1;\n```');
  });

  test.each([
    ['gone.ts', 'there is no file gone.ts'],
    ['code.ts#two', 'code.ts has no two'],
    ['code.ts "nothing"', 'code.ts has no "nothing"'],
    ['code.ts "list"', 'code.ts has "list" more than once'],
    ['code.ts "list"#4', 'code.ts has no "list"#4'],
    ['code.ts "const one" … "gone"', 'code.ts has no "gone" after "const one"'],
    ['code.ts one', 'not understood: from: code.ts one'],
  ])('from %s: %s', (source, problem) => {
    expect(regionProblems(root, show(source))).toEqual([`README.md:4: ${problem}`]);
  });

  test.each([
    ['```ts', '`ts`'],
    ['```', 'a block without a language'],
    ['  ~~~json', '`json`'],
  ])('without a mark is found: %s', (fence, kind) => {
    const readme = write('README.md', fence, 'x', fence.replace(/\w/g, ''));
    expect(regionProblems(root, readme)).toEqual([
      `README.md:1: ${kind} needs <!-- from: FILE --> before it, or to be sh, text or trace`,
    ]);
  });

  test('in a list is set in as the list is', () => {
    write('code.ts', ...code);
    const mark = '   <!-- from: code.ts "if (list)" … "}" -->';
    const readme = write('README.md', '1. so:', '', mark, '   ```ts', '   ```');
    expect(withRegions(root, readme)).toContain(
      '   ```ts\n   if (list) {\n     inner(list);\n   }\n   ```',
    );
  });

  test('is not asked of commands, outputs and pictures', () => {
    const readme = write(
      'README.md',
      '```sh',
      'ls',
      '```',
      '```text',
      'x',
      '```',
      '```trace',
      '```',
    );
    expect(regionProblems(root, readme)).toEqual([]);
  });
});

test('a link to a file that is not there is found', () => {
  write('there.md', '');
  write('folder/file.ts', '');
  const readme = write(
    'folder/README.md',
    '[a](file.ts) [`b`](../there.md#heading) [c](#here) [d](https://example.org/) `[e](code)`',
    '```sh',
    '[f](code)',
    '```',
    '[g](gone.md) [h](../folder/) [i](../gone/)',
  );
  expect(linkProblems(root, readme)).toEqual([
    'folder/README.md: links to gone.md, which is not there',
    'folder/README.md: links to ../gone/, which is not there',
  ]);
});

describe('a translation', () => {
  const english = ['# Title', '', 'Head.', '', '## One', '', 'First.', '', '## Two', '', 'Second.'];
  const chinese = ['# 标题', '', '开头。', '', '## 一', '', '甲。', '', '## 二', '', '乙。'];
  const readme = 'README.zh-CN.md';
  beforeEach(() => {
    write('README.md', ...english);
    write(readme, ...chinese);
  });
  const stamp = () => writeFileSync(join(root, readme), withHashes(root, readme));

  test('without hashes has none of its sections right', () => {
    expect(hashProblems(root, readme)).toEqual([
      'README.zh-CN.md:1: "标题" has no hash of "Title"; run --translated when it fits',
      'README.zh-CN.md:5: "一" has no hash of "One"; run --translated when it fits',
      'README.zh-CN.md:9: "二" has no hash of "Two"; run --translated when it fits',
    ]);
  });

  test('with hashes is right until the English changes, and then only there', () => {
    stamp();
    expect(hashProblems(root, readme)).toEqual([]);
    write('README.md', ...english.slice(0, -1), 'Second, changed.');
    expect(hashProblems(root, readme)).toEqual([
      'README.zh-CN.md:11: "二" is older than "Two"; run --translated when it fits',
    ]);
    stamp();
    expect(hashProblems(root, readme)).toEqual([]);
    expect(text(readme).match(/<!-- of:/g)).toHaveLength(3);
  });

  test('is not stale because code from a file changed', () => {
    const code = (line: string) => ['', '<!-- from: code.ts -->', '```ts', line, '```'];
    write('README.md', ...english, ...code('const a = 1;'));
    stamp();
    write('README.md', ...english, ...code('const a = 2;'));
    expect(hashProblems(root, readme)).toEqual([]);
  });

  test('needs as many sections, and a # in a block is none', () => {
    write('README.md', ...english, '```sh', '## no heading', '```', '## Three');
    expect(hashProblems(root, readme)).toEqual(['README.zh-CN.md: 3 sections, but 4 in English']);
    expect(() => withHashes(root, readme)).toThrow('3 sections, but 4 in English');
  });
});

test.each(['.md', '.zh-CN.md'] as const)('a lesson’s README%s has the eight headings', (ending) => {
  const headings = LESSON_HEADINGS[ending];
  expect(headings).toHaveLength(8);
  const [first = '', ...others] = headings.map((heading) => `## ${heading}`);
  const readme = `README${ending}`;
  write(readme, '# Title', first, ...others);
  expect(headingProblems(root, readme)).toEqual([]);
  for (const wrong of [[...others, first], others, [first, '## More', ...others]]) {
    write(readme, '# Title', ...wrong);
    expect(headingProblems(root, readme)).toEqual([
      expect.stringMatching(`^${readme}: its headings are .* they must be `),
    ]);
  }
});
