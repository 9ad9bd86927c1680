import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** One of our programs, running in a process of its own. Disposing of it stops it with SIGTERM and throws unless it exits with 0. */
export interface Program extends AsyncDisposable {
  /** The number that it logged under the name that was waited for. */
  readonly port: number;
  /** Its log so far. */
  readonly lines: readonly string[];
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts `tracing-stack/{name}/src/main.ts` with `flags` and waits until it logs a line with the property `logged`. */
export async function startProgram(
  name: string,
  logged: string,
  ...flags: string[]
): Promise<Program> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'tracing-stack', name, 'src', 'main.ts'), ...flags],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  const property = new RegExp(`"${logged}":(\\d+)`);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const found = property.exec(line);
      if (found) resolve(Number(found[1]));
    });
    exit.then(() => reject(new Error(`${name} ended: ${lines.join('\n')}`)), reject);
  });
  let killed = false;
  return {
    port,
    lines,
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await exit;
    },
    async [Symbol.asyncDispose]() {
      if (killed) return;
      child.kill('SIGTERM');
      const [code] = await exit;
      if (code !== 0) throw new Error(`${name} exited with ${code}: ${lines.join('\n')}`);
    },
  };
}
