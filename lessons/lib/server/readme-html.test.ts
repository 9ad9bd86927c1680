import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKOUT, loadLessons } from '../lesson-manifest.ts';
import { linkedFiles, readmeHtml } from './readme-html.ts';

const HTTP = { id: '03-http', number: 3 };

test.each([
  ['raw HTML', 'a <script>alert(1)</script> b', '<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>'],
  ['a block of HTML', '<div onclick="x()">\n', '&lt;div onclick=&quot;x()&quot;&gt;'],
  ['a script as a link', '[a](javascript:alert)', '<p><span>a</span></p>'],
  ['data as a link', '[a](data:text/html,b)', '<p><span>a</span></p>'],
  ['what lies outside of the checkout', '[a](../../../etc/passwd)', '<p><span>a</span></p>'],
  ['a path of the machine', '[a](/etc/passwd)', '<p><span>a</span></p>'],
  [
    'a quote in a link',
    '[a](https://b.c/"d)',
    '<p><a href="https://b.c/%22d" target="_blank" rel="noopener noreferrer">a</a></p>',
  ],
  [
    'a file',
    '[`a.ts`](solution/a.ts)',
    '<p><a href="api/lessons/3/files?path=lessons%2F03-http%2Fsolution%2Fa.ts" target="_blank" rel="noopener noreferrer"><code>a.ts</code></a></p>',
  ],
  [
    'a file elsewhere',
    '[a](../../protos/a.proto)',
    '<p><a href="api/lessons/3/files?path=protos%2Fa.proto" target="_blank" rel="noopener noreferrer">a</a></p>',
  ],
  [
    'the other language',
    'Read it in [中文](README.zh-CN.md).',
    '<p>Read it in <span>中文</span>.</p>',
  ],
  ['a heading of its own', '[a](#the-idea)', '<p><a href="learn/3#the-idea">a</a></p>'],
  ['another lesson', '[a](../02-inner/README.md#b)', '<p><a href="learn/2#b">a</a></p>'],
  ['a picture', '![a "b](https://c.d/e.png)', '<p>a &quot;b</p>'],
  [
    'a heading',
    '## The *idea* & more\n',
    '<h2 id="the-idea--more">The <em>idea</em> &amp; more</h2>',
  ],
  ['a Chinese heading', '## 目标：一\n', '<h2 id="目标一">目标：一</h2>'],
  [
    'a comment',
    '<!-- from: a.ts -->\n```ts\na\n```',
    '<pre><code class="language-ts">a\n</code></pre>',
  ],
  [
    'a table',
    '| a |\n|---|\n| `b` |',
    '<div class="table"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody><tr>\n<td><code>b</code></td>\n</tr>\n</tbody></table>\n</div>',
  ],
  ['code', '```ts\na<b>\n```', '<pre><code class="language-ts">a&lt;b&gt;\n</code></pre>'],
])('%s becomes harmless, or works', (_what, markdown, html) => {
  expect(readmeHtml(markdown, HTTP).trim()).toBe(html);
});

test('headings of one name have ids of their own', () => {
  expect(readmeHtml('# a\n\n# a\n', HTTP)).toBe('<h1 id="a">a</h1>\n<h1 id="a-1">a</h1>\n');
});

test.each(await loadLessons())(
  'the texts of $id hold nothing that runs or is dead',
  async (lesson) => {
    for (const name of ['README.md', 'README.zh-CN.md']) {
      const markdown = await readFile(join(CHECKOUT, 'lessons', lesson.id, name), 'utf8');
      const html = readmeHtml(markdown, lesson);
      expect(html).not.toContain('<span>');
      for (const file of linkedFiles(markdown, lesson))
        expect((await stat(join(CHECKOUT, file))).isFile(), file).toBe(true);
      // The page has a switch of its own.
      expect(html).not.toMatch(/README|about \d+ minutes|约 \d+ 分钟/);
      expect(html).not.toMatch(/<(?:script|img|iframe|style)|\son\w+=|javascript:/i);
    }
  },
);
