import type { ReadStream } from 'node:tty';

export interface Keyboard {
  /** Gives the terminal back as it was. */
  close(): void;
}

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_Z = '\x1a';

/**
 * Takes single keys from a terminal, without echo. Ctrl-C does what it does without us: SIGINT; Ctrl-D is `q`; Ctrl-Z
 * suspends, with the terminal as it was meanwhile. In every end of the process the terminal is given back.
 */
export function keyboard(
  input: ReadStream,
  onKey: (key: string) => void,
  onResume: () => void = () => {},
): Keyboard {
  const restore = () => {
    // A terminal that was closed meanwhile needs nothing.
    if (!input.destroyed) input.setRawMode(false);
  };
  const take = (data: string) => {
    // Several keys may come at once; one that sends a sequence (Esc, arrows, F1) comes alone.
    if (data.startsWith('\x1b')) return onKey(data);
    for (const key of data) {
      if (key === CTRL_C) process.kill(process.pid, 'SIGINT');
      else if (key === CTRL_D) onKey('q');
      else if (key === CTRL_Z) suspend();
      else onKey(key);
    }
  };
  const suspend = () => {
    restore();
    process.kill(process.pid, 'SIGTSTP');
  };
  const resume = () => {
    input.setRawMode(true);
    onResume();
  };
  input.setRawMode(true);
  input.setEncoding('utf8').on('data', take).resume();
  // Nobody is left at the other end: the interruption by SIGHUP tells.
  const gone = () => {};
  input.on('error', gone);
  process.on('exit', restore);
  process.on('SIGCONT', resume);
  return {
    close() {
      process.off('exit', restore);
      process.off('SIGCONT', resume);
      input.off('data', take).pause();
      input.off('error', gone);
      restore();
    },
  };
}
