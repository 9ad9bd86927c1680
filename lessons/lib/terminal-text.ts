/** Code points that a terminal draws two columns wide: East Asian Wide and Fullwidth, and emoji. Unicode's EastAsianWidth.txt, coarsely. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns a text without control characters takes. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

function columnsOf(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The beginning of a text that fits into `width` columns, with `…` where something was cut off. */
export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let [kept, used] = ['', 0];
  for (const character of text) {
    used += columnsOf(character);
    if (used > width - 1) break;
    kept += character;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** A text cut or filled with blanks to exactly `width` columns. */
export function column(text: string, width: number): string {
  const fitted = clip(text, width);
  return fitted + ' '.repeat(Math.max(0, width - columns(fitted)));
}

/** What may not begin a line of Chinese text. */
const CLOSING = /^[，。、；：？！）】》」』”’…]$/u;
/** What may not end one. */
const OPENING = /[（【《「『“‘]+$/u;

/** Breaks a text into lines of at most `width` columns: at blanks, between Chinese characters, never inside `code`. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [, blank = '', word = ''] of text.matchAll(PIECE)) {
    for (const [at, part] of cutToWidth(word, width).entries()) {
      const gap = at === 0 && line !== '' ? blank : '';
      const fits = columns(line + gap + part) <= width;
      // Chinese punctuation may hang out of the line by its own width rather than begin the next.
      const hangs = CLOSING.test(part) && columns(line + part) <= width + 2;
      if (line === '' || fits || hangs) line += gap + part;
      else {
        // An opening bracket goes down with what it opens.
        const [opening = ''] = OPENING.exec(line) ?? [];
        lines.push(line.slice(0, line.length - opening.length).trimEnd());
        line = opening + part;
      }
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Blanks, then code, a run of narrow characters, or a single wide one. */
const PIECE = /(\s*)((?:`[^`]*`|[^\s`\u1100-\u115f\u2e80-\uffef\u{1f300}-\u{3fffd}])+|[^\s]|$)/gu;

function cutToWidth(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const parts = [''];
  for (const character of word) {
    const last = parts.length - 1;
    if (columns(parts[last] + character) > width) parts.push(character);
    else parts[last] += character;
  }
  return parts;
}

/** Lays rows out in columns, the first row being the head. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => columns(row[at] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => column(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What came from a span may hold anything, also what would move a terminal's cursor: control characters become visible. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) =>
    control === '\n' ? '⏎' : `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'dim' | 'bold';

/** Colours a text; without colours, gives it back as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** SGR parameters of ECMA-48: on, off. */
const SGR: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Colours only for a terminal, and not where NO_COLOR (no-color.org) is set to anything. */
export function painter(isTerminal: boolean, env: NodeJS.ProcessEnv): Paint {
  if (!isTerminal || env['NO_COLOR'] || env['TERM'] === 'dumb') return (_colour, text) => text;
  return (colour, text) => `\x1b[${SGR[colour][0]}m${text}\x1b[${SGR[colour][1]}m`;
}

/** `3.01 s`, `2.4 ms`, `12 µs`: three digits or so, as the trace page writes them. */
export function durationText(micros: number): string {
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 1e6) return `${precise(micros / 1000)} ms`;
  return `${precise(micros / 1e6)} s`;
}

function precise(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
