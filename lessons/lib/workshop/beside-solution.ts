import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from 'diff';
import type { Say } from '../i18n/messages.ts';
import { CHECKOUT, type ExerciseFile, type Lesson } from '../lesson-manifest.ts';
import { type Colour, column, columns, type Paint, printable } from '../terminal-text.ts';

/** A file of the learner's and the finished one. */
export interface FilePair {
  readonly name: string;
  readonly mine: string;
  /** Path of the finished one, from the root of the checkout. */
  readonly solution: string;
  readonly finished: string;
}

export interface PairWords {
  readonly mine: string;
  readonly finished: string;
  readonly same: string;
  /** Takes the place of lines in which both are the same. */
  skipped(lines: number): string;
}

export function pairWords(say: Say): PairWords {
  return {
    mine: say('diff.mine'),
    finished: say('diff.finished'),
    same: say('diff.same'),
    skipped: (count: number) => say('diff.skipped', { count }),
  };
}

/** Reads what a learner wrote and what the lesson has for it. A file that the learner has not is empty. */
export async function filePairs(lesson: Lesson, folder: string): Promise<FilePair[]> {
  // Answers, which are no programs, are each learner's own.
  const files = (lesson.exercise?.files ?? []).filter(({ name }) => !name.endsWith('.json'));
  return Promise.all(files.map((file) => filePair(file, folder)));
}

async function filePair({ name, solution }: ExerciseFile, folder: string): Promise<FilePair> {
  const mine = await readFile(join(folder, name), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const finished = await readFile(join(CHECKOUT, solution), 'utf8');
  return { name, mine, solution, finished: withoutRegions(finished) };
}

/** Marks of the regions that the READMEs show are no part of a program. */
function withoutRegions(source: string): string {
  return source.replace(/^\s*\/\/ ?#(?:end)?region\b.*\n/gm, '');
}

/** One row of two texts laid side by side; a side without a line has none there. */
export interface PairRow {
  readonly mine?: string;
  readonly finished?: string;
  readonly same: boolean;
}

/** Lines up two texts: what changed stands beside what it became. */
export function pairRows(mine: string, finished: string): PairRow[] {
  const rows: PairRow[] = [];
  let removed: string[] = [];
  const flush = (added: readonly string[]) => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) {
      const [left, right] = [removed[at], added[at]];
      rows.push({
        ...(left !== undefined && { mine: left }),
        ...(right !== undefined && { finished: right }),
        same: false,
      });
    }
    removed = [];
  };
  for (const { value, added, removed: gone } of diffLines(mine, finished)) {
    const lines = value.replace(/\n$/, '').split('\n');
    if (gone) {
      flush([]);
      removed = lines;
    } else if (added) flush(lines);
    else {
      flush([]);
      rows.push(...lines.map((line) => ({ mine: line, finished: line, same: true })));
    }
  }
  flush([]);
  return rows;
}

const CONTEXT = 2;
/** From here on two columns of code have room beside each other. */
const SIDE_BY_SIDE_WIDTH = 140;
const MARGIN = 2;

/** Draws a pair: side by side on a wide terminal, else one below the other as a diff. */
export function pairPicture(
  pair: FilePair,
  width: number,
  paint: Paint,
  words: PairWords,
): string[] {
  const rows = pairRows(pair.mine, pair.finished);
  if (rows.every(({ same }) => same))
    return [paint('bold', `  ${pair.name}`) + paint('dim', `  ${words.same}`)];
  const shown = folded(rows);
  return width >= SIDE_BY_SIDE_WIDTH
    ? sideBySide(pair, shown, width, paint, words)
    : asDiff(pair, shown, width, paint, words);
}

type Shown = PairRow | { readonly skipped: number };

/** Leaves out what is far from every change. */
function folded(rows: readonly PairRow[]): Shown[] {
  const near = rows.map((_, at) =>
    rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ same }) => !same),
  );
  const shown: Shown[] = [];
  for (const [at, row] of rows.entries()) {
    const last = shown.at(-1);
    if (near[at]) shown.push(row);
    else if (last && 'skipped' in last) shown[shown.length - 1] = { skipped: last.skipped + 1 };
    else shown.push({ skipped: 1 });
  }
  return shown;
}

function sideBySide(
  { name, solution }: FilePair,
  rows: readonly Shown[],
  width: number,
  paint: Paint,
  words: PairWords,
): string[] {
  const half = Math.floor((width - MARGIN - 3) / 2);
  const cell = (text = '') => column(expanded(text), half);
  const bar = paint('dim', ' │ ');
  const head = `  ${column(`${name} (${words.mine})`, half)}${bar}${`${solution} (${words.finished})`}`;
  return [
    paint('bold', head),
    ...rows.map((row) => {
      if ('skipped' in row) return paint('dim', `  ${words.skipped(row.skipped)}`);
      const [left, right] = [cell(row.mine), cell(row.finished).trimEnd()];
      if (row.same) return `  ${paint('dim', left)}${bar}${paint('dim', right)}`;
      return `  ${paint('red', left)}${bar}${paint('green', right)}`;
    }),
  ];
}

function asDiff(
  { name, solution }: FilePair,
  rows: readonly Shown[],
  width: number,
  paint: Paint,
  words: PairWords,
): string[] {
  const code = (colour: Colour, mark: string, line: string) =>
    cut(expanded(line), width - 5).map((part, at) =>
      `  ${paint(colour, `${at === 0 ? mark : ' '} ${part}`)}`.trimEnd(),
    );
  const lines: string[] = [
    `  ${paint('red', `- ${name} (${words.mine})`)}`,
    `  ${paint('green', `+ ${solution} (${words.finished})`)}`,
  ];
  let added: string[] = [];
  const flush = () => {
    lines.push(...added);
    added = [];
  };
  for (const row of rows) {
    if ('skipped' in row) {
      flush();
      lines.push(paint('dim', `    ${words.skipped(row.skipped)}`));
    } else if (row.same) {
      flush();
      lines.push(...code('dim', ' ', row.mine ?? ''));
    } else {
      if (row.mine !== undefined) lines.push(...code('red', '-', row.mine));
      if (row.finished !== undefined) added.push(...code('green', '+', row.finished));
    }
  }
  flush();
  return lines;
}

/** Code is shown whole: what is too long goes on in the next line. */
function cut(line: string, width: number): string[] {
  const parts = [''];
  for (const character of line) {
    const last = parts.length - 1;
    if (columns(parts[last] + character) > width) parts.push(character);
    else parts[last] += character;
  }
  return parts;
}

function expanded(line: string): string {
  return printable(line.replace(/\t/g, '  '));
}
