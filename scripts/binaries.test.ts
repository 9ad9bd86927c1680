import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundle, LMDB, PLATFORM } from './binaries.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('a bundle reads keys with texts in LMDB as often as it likes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spoor-bundle-'));
  try {
    const program = join(folder, 'text-keys.cjs');
    await bundle(join(ROOT, 'tracing-stack/storage/embedded/src/testing/text-keys.ts'), program);
    const addons = join(ROOT, `node_modules/@lmdb/lmdb-${PLATFORM}`);
    await cp(addons, join(folder, LMDB, PLATFORM), { recursive: true });
    const printed = execFileSync(process.execPath, [program, join(folder, 'data')], {
      encoding: 'utf8',
    });
    const key = ['trace', '00000000001793-20261129', 'a trace id of some length'];
    expect(JSON.parse(printed)).toEqual([key, key]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
