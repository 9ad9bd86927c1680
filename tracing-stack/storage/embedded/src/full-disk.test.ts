import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const WRITER = fileURLToPath(new URL('testing/full-disk-writer.ts', import.meta.url));
const NO_SPACE = expect.stringMatching(
  /^\[embedded\] cannot keep spans in \S+\/new: ENOSPC: no space left on device/,
);
/** A file system of 24 MiB that only this process and its children see. */
const MOUNT = 'mount -t tmpfs -o size=24m tmpfs "$1" && shift && exec "$@"';

it.skipIf(!canMount()).each([
  // LMDB's own writes fail; whether there is room again, the next write tells.
  { spareBytes: 0, whileFull: 'fine', anew: NO_SPACE },
  // The store itself stops before.
  { spareBytes: 1024 * 1024, whileFull: 'full', anew: 'opened' },
])(
  '3: on a disk that is full it says so, keeps what it acknowledged, and goes on by itself once there is room, also if it was opened meanwhile (needs unshare): $spareBytes bytes spared',
  { timeout: 120_000 },
  async ({ spareBytes, whileFull, anew }) => {
    const folder = await mkdtemp(join(tmpdir(), 'spoor-full-'));
    try {
      const writer = [process.execPath, '--import', 'tsx', WRITER, folder, String(spareBytes)];
      const mounted = ['-Urm', 'sh', '-c', MOUNT, 'sh', folder, ...writer];
      const { stdout } = await promisify(execFile)('unshare', mounted);
      const { beforeRoom, ...seen } = JSON.parse(stdout);
      expect(beforeRoom).toBeGreaterThan(10);
      expect(seen).toEqual({
        codes: ['full'],
        fullCheck: whileFull,
        anew,
        openedFull: { reads: true, writes: false, check: whileFull },
        afterRoom: true,
        check: 'fine',
        missing: [],
        unexpected: [],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
