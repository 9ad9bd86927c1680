import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CHECKOUT } from './network-namespace.ts';

const readme = await readFile(join(CHECKOUT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(await readFile(join(CHECKOUT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Those of the table of commands, and those of the store's care, which other pages name. */
const named = new Set(
  readme
    .split('\n')
    .filter((line) => line.startsWith('| `npm run '))
    .flatMap((line) => Array.from(line.matchAll(/`npm run ([\w:-]+)/g), ([, name = '']) => name)),
);
const OTHERS = [
  ...['start', 'remote-storage', 'dependencies', 'es-index-cleaner', 'es-rollover', 'embedded'],
  ...['build:demo', 'bench:storage', 'bench:lessons', 'test:interop', 'lessons:verify'],
  'screenshots',
];

test('README.md has a table of commands', () => {
  expect(named.size).toBeGreaterThan(15);
});

async function told(name: string, ask: string): Promise<string> {
  const { stdout, stderr } = await promisify(exec)(`${scripts[name]} ${ask}`, {
    cwd: CHECKOUT,
    // npm sets it; the script that npm also runs by itself asks for it.
    env: { ...process.env, npm_command: 'run-script', LANG: 'C.UTF-8' },
  });
  expect(stderr).toBe('');
  return stdout;
}

test.each([...named, ...OTHERS])('npm run %s -- --help tells how it is called', async (name) => {
  expect(await told(name, '--help')).toMatch(new RegExp(`npm (run )?${name} --`));
});

// One of each kind.
test.each(['agent', 'lesson:1', 'lessons:verify', 'up'])(
  'npm run %s -- -h tells the same',
  async (name) => {
    expect(await told(name, '-h')).toBe(await told(name, '--help'));
  },
);
