import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** A program of the project under way. */
export interface Program extends AsyncDisposable {
  /** What the pattern found in the output. */
  readonly ready: RegExpExecArray;
}

/** Starts a program and waits until its standard output matches. Disposing of it asks it to end, and waits for that. */
export async function startProgram(
  file: string,
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = ready.exec(output);
      if (found) resolve(found);
    });
    child.once('error', reject);
    ended.then(() => reject(new Error(`${file} ended before it was ready:\n${output}${errors}`)));
  });
  return {
    ready: match,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
