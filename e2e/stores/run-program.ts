import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program to its end and gives its log, line by line. Rejects, with what it said, if it failed. */
export async function runProgram(
  component: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>[]> {
  const main = `tracing-stack/${component}/src/main.ts`;
  const { PATH = '', HOME = '' } = process.env;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', main, ...args],
    { cwd: ROOT, env: { PATH, HOME, ...env } },
  );
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
