import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The programs that take flags. */
export const COMPONENTS = [
  'agent',
  'collector',
  'query',
  'remote-storage',
  'all-in-one',
  'dependencies',
  'es-index-cleaner',
  'es-rollover',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** A flag as `--help` tells it. */
export interface ToldFlag {
  readonly name: string;
  readonly help: string;
  readonly variable: string;
  readonly default: string;
}

const FLAG = /--([\w.-]+) (.*?) ?\[([A-Z0-9_]+)\] ?\[string\] \[default: (.*?)\](?= --|$)/gs;

/** What a program says of its flags, by their names. */
export async function flagsOf(component: Component): Promise<Map<string, ToldFlag>> {
  const main = `tracing-stack/${component}/src/main.ts`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', main, '--help'],
    { cwd: ROOT },
  );
  const [, list = ''] = /Options:\s(.*)\s-h, --help /s.exec(stdout) ?? [];
  const flags = new Map<string, ToldFlag>();
  for (const found of list.replace(/\s+/g, ' ').trim().matchAll(FLAG)) {
    const [, name = '', help = '', variable = '', told = ''] = found;
    flags.set(name, { name, help, variable, default: told });
  }
  return flags;
}
