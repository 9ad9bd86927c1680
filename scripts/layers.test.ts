import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { layerViolations } from './layers.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const planted = join(root, 'scripts', 'planted');

test('this project keeps its own table', () => {
  expect(layerViolations(root)).toEqual([]);
});

test('every planted violation of the table is found, and nothing else', () => {
  expect(layerViolations(planted).sort()).toEqual([
    'architecture.json: no workspace @spoor/gone',
    'high/src/not-main.ts: @spoor/high may not import @spoor/tool here',
    'low/package.json: @spoor/low may not depend on @spoor/high',
    'low/src/leaves.ts: ../../high/src/fine.ts leaves its workspace',
    'low/src/upwards.ts: @spoor/low may not import @spoor/high here',
    'stranger: @spoor/stranger is not in architecture.json',
  ]);
});

test('Biome finds the planted undeclared dependency and the planted import cycle', () => {
  const copy = mkdtempSync(join(tmpdir(), 'spoor-planted-'));
  try {
    cpSync(planted, copy, { recursive: true });
    cpSync(join(root, 'biome.json'), join(copy, 'biome.json'));
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
        'lint',
        '--vcs-enabled=false',
        '--reporter=json',
        'tool/src',
      ],
      { cwd: copy, encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('lint/correctness/noUndeclaredDependencies');
    expect(stdout).toContain('lint/suspicious/noImportCycles');
  } finally {
    rmSync(copy, { recursive: true });
  }
});
