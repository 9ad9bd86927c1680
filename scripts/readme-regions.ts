/**
 * The code that a README shows is a piece of a file, and stays one. A comment before the block says which:
 *
 *     <!-- from: lessons/02-inner/solution/inner.ts -->                        the whole file
 *     <!-- from: lessons/02-inner/solution/inner.ts#callService2 -->           what the file declares under that name
 *     <!-- from: services/src/http-client.ts "const headers" … "inject(" -->   from the line with the one text to the
 *                                                                             next one with the other
 *     <!-- from: services/src/http-client.ts "const app" … -->                 from that line to the end
 *     <!-- from: services/src/http-client.ts "const headers" -->               that line
 *     <!-- from: services/src/http-client.ts "} finally {"#2 … -->             from the second such line to the end
 *
 * The file itself carries no marks: some of them are what a learner starts with.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block that starts with one of these is no code of a file: a command, an output, a picture. */
const NO_CODE = new Set(['sh', 'text', 'trace']);
const MARK = /^\s*<!-- from: (.*?) -->\s*$/;
const SOURCE =
  /^(?<file>[^\s"#]+)(?:#(?<name>[\w$]+)|\s+"(?<first>[^"]+)"(?:#(?<nth>\d+))?(?<open>\s*…(?:\s*"(?<last>[^"]+)")?)?)?$/;
const FENCE = /^(?<indent>\s*)(?<ticks>`{3,}|~{3,})\s*(?<language>[\w-]*)/;

interface Block {
  /** Counted from 1: where the block opens. */
  readonly line: number;
  readonly language: string;
  readonly indent: string;
  /** Indexes of the lines between the fences. */
  readonly from: number;
  readonly to: number;
  readonly source: string | undefined;
}

/** What is wrong with the code blocks of the README `readme` below `root`, one line each. */
export function regionProblems(root: string, readme: string): string[] {
  const lines = readFileSync(join(root, readme), 'utf8').split('\n');
  return blocks(lines).flatMap((block) => {
    const place = `${readme}:${block.line}`;
    if (block.source === undefined) {
      if (NO_CODE.has(block.language)) return [];
      const kind = block.language ? `\`${block.language}\`` : 'a block without a language';
      return [`${place}: ${kind} needs <!-- from: FILE --> before it, or to be sh, text or trace`];
    }
    try {
      const shown = lines.slice(block.from, block.to).join('\n');
      const wanted = indented(region(root, block.source), block.indent).join('\n');
      return shown === wanted ? [] : [`${place}: is not what ${block.source} says; run --update`];
    } catch (error) {
      return [`${place}: ${(error as Error).message}`];
    }
  });
}

/** The text of the README `readme` below `root` with all its marked blocks as the files have them. */
export function withRegions(root: string, readme: string): string {
  const lines = readFileSync(join(root, readme), 'utf8').split('\n');
  for (const { source, indent, from, to } of blocks(lines).reverse())
    if (source !== undefined)
      lines.splice(from, to - from, ...indented(region(root, source), indent));
  return lines.join('\n');
}

/** A README without the code of its marked blocks: what is left is what somebody wrote. */
export function withoutRegions(text: string): string {
  const lines = text.split('\n');
  for (const { source, from, to } of blocks(lines).reverse())
    if (source !== undefined) lines.splice(from, to - from);
  return lines.join('\n');
}

function blocks(lines: readonly string[]): Block[] {
  const found: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { indent = '', ticks, language = '' } = FENCE.exec(lines[at] ?? '')?.groups ?? {};
    if (ticks === undefined) continue;
    let end = at + 1;
    while (end < lines.length && lines[end]?.trim() !== ticks) end++;
    const before = lines[at - 1]?.trim() === '' ? lines[at - 2] : lines[at - 1];
    const source = MARK.exec(before ?? '')?.[1];
    found.push({ line: at + 1, language, indent, from: at + 1, to: end, source });
    at = end;
  }
  return found;
}

/** The lines that a mark names, moved to the left as far as they go. */
function region(root: string, source: string): string[] {
  const { file, name, first, nth, open, last } = SOURCE.exec(source)?.groups ?? {};
  if (file === undefined) throw new Error(`not understood: from: ${source}`);
  const lines = read(root, file).trimEnd().split('\n');
  if (name !== undefined) return dedented(declaration(lines, name, file));
  if (first === undefined) return lines;
  const whole = lines.some((line) => line.trim() === first);
  const begins = (line: string) => (whole ? line.trim() === first : line.includes(first));
  const from = onlyLine(lines, begins, `"${first}"`, file, nth);
  if (open === undefined) return dedented(lines.slice(from, from + 1));
  if (last === undefined) return dedented(lines.slice(from));
  const length = lines.slice(from).findIndex((line) => line.includes(last));
  if (length < 0) throw new Error(`${file} has no "${last}" after "${first}"`);
  return dedented(lines.slice(from, from + length + 1));
}

function read(root: string, file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    throw new Error(`there is no file ${file}`);
  }
}

/** From the line that declares `name` to the one that ends it: the next with no more indentation that closes something. */
function declaration(lines: readonly string[], name: string, file: string): string[] {
  const escaped = name.replaceAll('$', '\\$');
  const declares = new RegExp(
    `\\b(function\\*?|const|let|class|interface|type)\\s+${escaped}(?![\\w$])`,
  );
  const from = onlyLine(lines, (line) => declares.test(line), name, file);
  const indent = indentOf(lines[from] ?? '');
  if (/;\s*$/.test(lines[from] ?? '')) return lines.slice(from, from + 1);
  const length = lines
    .slice(from + 1)
    .findIndex((line) => indentOf(line) <= indent && /^\s*[}\])].*[};]\s*$|^\s*}\s*$/.test(line));
  if (length < 0) throw new Error(`${file}: ${name} has no end`);
  return lines.slice(from, from + length + 2);
}

function onlyLine(
  lines: readonly string[],
  test: (line: string) => boolean,
  what: string,
  file: string,
  nth?: string,
): number {
  const found = lines.flatMap((line, at) => (test(line) ? [at] : []));
  const index = found[Number(nth ?? 1) - 1];
  if (index === undefined) throw new Error(`${file} has no ${what}${nth ? `#${nth}` : ''}`);
  if (nth === undefined && found.length > 1) throw new Error(`${file} has ${what} more than once`);
  return index;
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}

function dedented(lines: readonly string[]): string[] {
  const least = Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf));
  return lines.map((line) => line.slice(least));
}

function indented(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}
