import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import native from 'fs-native-extensions';
import { expect, test, vi } from 'vitest';
import { takeFolderLock } from './folder-lock.ts';
import { errorLine } from './run-main.ts';

test('a file system without locks is one line, not a defect', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-lock-'));
  // No file system at hand has no locks.
  const tryLock = vi.spyOn(native, 'tryLock').mockImplementation(() => {
    throw Object.assign(new Error('no locks available'), { code: 'ENOLCK' });
  });
  try {
    const refused = () => takeFolderLock(directory);
    expect(refused).toThrow(expect.objectContaining({ code: 'ENOLCK' }));
    try {
      refused();
    } catch (error) {
      const path = join(directory, 'writer.lock');
      expect(errorLine('agent', error)).toBe(
        `[agent] ${path} cannot be locked: no locks available`,
      );
    }
  } finally {
    tryLock.mockRestore();
    await rm(directory, { recursive: true });
  }
});
