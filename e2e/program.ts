import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A program that is stopped ends itself sooner. */
const KILL_AFTER_MS = 15_000;

/**
 * One of our programs, running in a process of its own. Disposing of it stops it with SIGTERM and throws unless it exits with
 * 0; it is dead afterwards in any case, and at the latest when this process ends.
 */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** The number that it logged under the name that was waited for. */
  readonly port: number;
  /** The number that it logged first under another name. */
  logged(name: string): number;
  /** Its log so far. */
  readonly lines: readonly string[];
  /** SIGTERM; resolves with its exit code when it is gone. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts `tracing-stack/{name}/src/main.ts` with `flags` and waits until it logs a line with the property `logged`. */
export function startProgram(name: string, logged: string, ...flags: string[]): Promise<Program> {
  const main = join(ROOT, 'tracing-stack', name, 'src', 'main.ts');
  return start(name, logged, [process.execPath, '--import', 'tsx', main, ...flags], ROOT);
}

/** Starts an executable in a folder, and waits as `startProgram` does. */
export function startExecutable(
  path: string,
  logged: string,
  flags: readonly string[],
  directory: string,
): Promise<Program> {
  return start(path, logged, [path, ...flags], directory);
}

async function start(
  name: string,
  logged: string,
  [command = '', ...args]: readonly string[],
  directory: string,
): Promise<Program> {
  const child = spawn(command, args, { cwd: directory, stdio: ['ignore', 'inherit', 'pipe'] });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const killed = () => child.kill('SIGKILL');
  process.on('exit', killed);
  exit.finally(() => process.off('exit', killed)).catch(() => undefined);
  const lines: string[] = [];
  const numberIn = (line: string, property: string) =>
    new RegExp(`"${property}":(\\d+)`).exec(line)?.[1];
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const found = numberIn(line, logged);
      if (found !== undefined) resolve(Number(found));
    });
    exit.then(() => reject(new Error(`${name} ended: ${lines.join('\n')}`)), reject);
  });
  let ended = false;
  async function stop() {
    ended = true;
    child.kill('SIGTERM');
    const [code] = await exit;
    return code;
  }
  return {
    pid: child.pid as number,
    port,
    lines,
    logged(property) {
      const found = lines
        .map((line) => numberIn(line, property))
        .find((text) => text !== undefined);
      if (found === undefined)
        throw new Error(`${name} logged no ${property}: ${lines.join('\n')}`);
      return Number(found);
    },
    stop,
    async kill() {
      ended = true;
      child.kill('SIGKILL');
      await exit;
    },
    async [Symbol.asyncDispose]() {
      if (ended) return;
      const late = setTimeout(killed, KILL_AFTER_MS);
      const code = await stop();
      clearTimeout(late);
      if (code !== 0) throw new Error(`${name} exited with ${code}: ${lines.join('\n')}`);
    },
  };
}
