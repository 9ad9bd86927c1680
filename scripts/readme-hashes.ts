/**
 * A translation knows what it translates. After its title and each of its headings stands the hash of the section of
 * the English README at the same place: `<!-- of: 1a2b3c4d5e6f -->`. When the English changes, the hash is stale until
 * somebody has looked at the translation. Code that comes from files is not part of it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutRegions } from './readme-regions.ts';

const MARK = /^<!-- of: (\S*) -->$/;
const HEADING = /^##? /;
const TRANSLATION = /\.zh-CN\.md$/;

/** A title or heading, and what follows it. */
interface Section {
  /** Counted from 1. */
  readonly line: number;
  readonly heading: string;
  readonly text: string;
  readonly hash: string | undefined;
}

/** What is stale in the translation `readme` (`…/README.zh-CN.md`) below `root`, one line each. */
export function hashProblems(root: string, readme: string): string[] {
  const [translated, originals] = pair(root, readme);
  if (translated.length !== originals.length)
    return [`${readme}: ${translated.length} sections, but ${originals.length} in English`];
  return translated.flatMap(({ line, heading, hash }, at) => {
    const { heading: original, text } = originals[at] as Section;
    if (hash === hashOf(text)) return [];
    const state = hash === undefined ? 'has no hash of' : 'is older than';
    return [
      `${readme}:${line}: "${heading}" ${state} "${original}"; run --translated when it fits`,
    ];
  });
}

/** The text of the translation `readme` below `root`, with the hashes of the English sections as they are now. */
export function withHashes(root: string, readme: string): string {
  const [translated, originals] = pair(root, readme);
  if (translated.length !== originals.length)
    throw new Error(`${readme}: ${translated.length} sections, but ${originals.length} in English`);
  const lines = readFileSync(join(root, readme), 'utf8').split('\n');
  for (const [at, { line, hash }] of [...translated.entries()].reverse())
    lines.splice(
      line,
      hash === undefined ? 0 : 1,
      `<!-- of: ${hashOf((originals[at] as Section).text)} -->`,
    );
  return lines.join('\n');
}

function pair(root: string, readme: string): [Section[], Section[]] {
  const read = (file: string) => sections(readFileSync(join(root, file), 'utf8'));
  return [read(readme), read(readme.replace(TRANSLATION, '.md'))];
}

/** Headings of a README, outside of its code blocks. */
export function sections(text: string): Section[] {
  const found: { line: number; heading: string; body: string[] }[] = [];
  let fence: string | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    const ticks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (ticks !== undefined)
      fence = fence === undefined ? ticks : fence === ticks ? undefined : fence;
    if (fence === undefined && HEADING.test(line)) {
      found.push({ line: at + 1, heading: line.replace(/^#+ /, ''), body: [] });
    } else found.at(-1)?.body.push(line);
  }
  return found.map(({ line, heading, body }) => ({
    line,
    heading,
    text: withoutRegions([heading, ...body].join('\n')).trim(),
    hash: MARK.exec(body[0] ?? '')?.[1],
  }));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
