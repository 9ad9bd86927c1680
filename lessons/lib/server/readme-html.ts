import { posix } from 'node:path';
import { Marked, Renderer, type Tokens } from 'marked';
import type { Lesson } from '../lesson-manifest.ts';

/**
 * A lesson's README as HTML for its page. Whatever a README holds, there is no script and no raw HTML in it: HTML is
 * shown as the text that it is. A link leads to another site, to a lesson's page, to a heading of this one, or to a file
 * of the checkout as `/api/lessons/N/files` gives it; what is none of these is shown, and leads nowhere. Addresses are
 * relative to the UI's base.
 */
export function readmeHtml(markdown: string, lesson: Pick<Lesson, 'id' | 'number'>): string {
  const marked = new Marked({ gfm: true, async: false });
  const ids = new Set<string>();
  marked.use({
    renderer: {
      html({ text }: Tokens.HTML | Tokens.Tag) {
        // Comments say where a code block comes from, and what a translation translates.
        return escaped(text.replace(/<!--.*?-->\n*/gs, ''));
      },
      heading({ tokens, depth, text }: Tokens.Heading) {
        const id = unusedId(headingId(text), ids);
        return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      paragraph({ tokens }: Tokens.Paragraph) {
        // What leads to the other language: the page has a switch, and says elsewhere how long a lesson takes.
        const [first] = tokens;
        if (first?.type === 'link' && OTHER_LANGUAGE.test(first['href'])) return '';
        return `<p>${this.parser.parseInline(tokens)}</p>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const target = linkTarget(href, lesson);
        if (target === undefined) return `<span>${text}</span>`;
        const away = target.startsWith('learn/')
          ? ''
          : ' target="_blank" rel="noopener noreferrer"';
        return `<a href="${escaped(target)}"${away}>${text}</a>`;
      },
      table(table: Tokens.Table) {
        // On a narrow page it scrolls by itself.
        return `<div class="table">${Renderer.prototype.table.call(this, table)}</div>\n`;
      },
      image({ text }: Tokens.Image) {
        return escaped(text);
      },
    },
  });
  return marked.parse(markdown) as string;
}

/** As GitHub names headings, so that the links inside a README work in both places. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

const OTHER_LANGUAGE = /^README(?:\.[\w-]+)?\.md$/;
const OTHER_LESSON = /^\.\.\/(\d\d)-[\w-]+\/(?:README(?:\.zh-CN)?\.md)?(#.*)?$/;

/** The files that a README links, as paths from the root of the checkout. */
export function linkedFiles(markdown: string, { id }: Pick<Lesson, 'id'>): ReadonlySet<string> {
  const found = new Set<string>();
  const marked = new Marked({ gfm: true, async: false });
  marked.walkTokens(marked.lexer(markdown), (token) => {
    const path = token.type === 'link' ? filePath((token as Tokens.Link).href, id) : undefined;
    if (path !== undefined) found.add(path);
  });
  return found;
}

/** Of a name of a file, relative to the lesson's folder; `undefined` for what is none, or lies outside of the checkout. */
function filePath(href: string, id: string): string | undefined {
  if (!/^[\w.][\w./-]*\w$/.test(href) || OTHER_LANGUAGE.test(href)) return undefined;
  const path = posix.join('lessons', id, href);
  return path.startsWith('../') ? undefined : path;
}

function linkTarget(
  href: string,
  { id, number }: Pick<Lesson, 'id' | 'number'>,
): string | undefined {
  if (/^https?:\/\//i.test(href) && URL.canParse(href)) return new URL(href).href;
  if (href.startsWith('#')) return `learn/${number}${href}`;
  const [, other, heading = ''] = OTHER_LESSON.exec(href) ?? [];
  if (other !== undefined) return `learn/${Number(other)}${heading}`;
  const path = filePath(href, id);
  return path && `api/lessons/${number}/files?path=${encodeURIComponent(path)}`;
}

function unusedId(wanted: string, used: Set<string>): string {
  let id = wanted;
  for (let count = 1; used.has(id); count++) id = `${wanted}-${count}`;
  used.add(id);
  return id;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
