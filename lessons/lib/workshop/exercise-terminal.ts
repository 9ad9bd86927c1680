import { type Paint, painter } from '../terminal-text.ts';

/** The terminal of a session. */
export interface SessionTerminal {
  readonly paint: Paint;
  width(): number;
  rows(): number;
  /** Puts these lines in the place of all that is shown. */
  show(lines: readonly string[]): void;
  line(text: string): void;
}

export interface PageTerminal extends SessionTerminal {
  /** Gives the terminal back, with what was shown last left standing. */
  close(): void;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const HOME = '\x1b[H';
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';
const CLEAR_ALL = '\x1b[H\x1b[2J';

/** Shows pages on a terminal. What stood there before moves up and stays to be scrolled to. */
export function pageTerminal(
  output: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv = process.env,
): PageTerminal {
  const rows = () => output.rows || 24;
  const showCursor = () => void output.write(SHOW_CURSOR);
  process.on('exit', showCursor);
  let lines = 0;
  output.write('\n'.repeat(rows()) + HIDE_CURSOR);
  return {
    paint: painter(true, env),
    width: () => output.columns || 80,
    rows,
    show(page) {
      // Painted over, so that nothing flickers; a page that is longer than the terminal scrolls, and is painted anew.
      const fits = page.length <= rows() && lines <= rows();
      const text = page.map((line) => line + CLEAR_LINE).join('\n');
      output.write((fits ? HOME : CLEAR_ALL) + text + CLEAR_BELOW);
      lines = page.length;
    },
    line(text) {
      output.write(`\n${text}`);
      lines += text.split('\n').length;
    },
    close() {
      process.off('exit', showCursor);
      output.write(`\n${SHOW_CURSOR}`);
    },
  };
}
