import type { Say } from './i18n/messages.ts';
import { type Paint, painter } from './terminal-text.ts';

/** Where the harness writes for people. */
export interface Screen {
  readonly say: Say;
  readonly paint: Paint;
  /** In columns; 80 where there is no terminal. */
  width(): number;
  line(text?: string): void;
  /** A line that says why it did not work, on standard error. */
  error(text: string): void;
}

/** A screen that can be left: afterwards it takes no more lines. */
export interface LeavableScreen extends Screen {
  leave(): void;
}

export function leavable(screen: Screen): LeavableScreen {
  let left = false;
  return {
    ...screen,
    line: (text) => {
      if (!left) screen.line(text);
    },
    error: (text) => {
      if (!left) screen.error(text);
    },
    leave: () => {
      left = true;
    },
  };
}

/** Of a closed terminal and of a pipe whose reader left: there is nobody to write to any more, and that is no error. */
const READER_GONE = new Set(['EPIPE', 'EIO']);

export function screen(say: Say, env: NodeJS.ProcessEnv = process.env): Screen {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!READER_GONE.has(error.code ?? '')) throw error;
    });
  const paintError = painter(stderr.isTTY, env);
  return {
    say,
    paint: painter(stdout.isTTY, env),
    width: () => stdout.columns || 80,
    line: (text = '') => void stdout.write(`${text}\n`),
    error: (text) => void stderr.write(`${paintError('red', '✗')} ${text}\n`),
  };
}
