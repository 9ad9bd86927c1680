import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openEmbeddedStore } from './embedded-store.ts';

const WRITER = fileURLToPath(new URL('testing/fault-writer.ts', import.meta.url));

/** A limit on the size of files makes LMDB's own writes fail in the midst of a commit, as a full disk does. */
it.skipIf(!hasPrlimit())(
  '3: of what fails to reach the disk nothing is stored, and the same process goes on (needs prlimit)',
  { timeout: 30_000 },
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'spoor-fault-'));
    try {
      const script = 'ulimit -S -f 2000; exec "$@"';
      const command = [process.execPath, '--import', 'tsx', WRITER, directory];
      const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', ...command]);
      const { acknowledged, failed, codes, check, checkAfter, last } = JSON.parse(stdout);
      expect(codes).toEqual(['unavailable']);
      expect(check).toBe('unavailable');
      expect(checkAfter).toBe('fine');
      expect(failed.length).toBeGreaterThanOrEqual(50);
      expect(acknowledged.slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => last - 9 + i));

      await using store = await openEmbeddedStore({ directory });
      const services = await store.reader.services();
      const expected = acknowledged.map((number: number) => `service-${number}`);
      expect(services).toEqual(expected.sort());
      for (const number of [...acknowledged, ...failed]) {
        const trace = await store.reader.trace(number.toString(16).padStart(16, '0'));
        const spans = acknowledged.includes(number) ? 20 : undefined;
        expect(trace?.spans.length, `batch ${number}`).toBe(spans);
      }
      const { spans } = await store.reader.arrivals(undefined, Number.POSITIVE_INFINITY);
      expect(spans).toHaveLength(20 * acknowledged.length);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
);

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
