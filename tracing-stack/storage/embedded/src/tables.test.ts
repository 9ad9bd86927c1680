import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRows, openTables } from './tables.ts';

it.each([openTables, openRows])(
  '%o for reading leaves no folder where there is none: a bucket may have been dropped',
  async (open) => {
    const folder = await mkdtemp(join(tmpdir(), 'spoor-tables-'));
    try {
      const dropped = join(folder, '2026-11-22T20-00-00-000000');
      expect(() => open(dropped, true)).toThrow(/^\[embedded\] there is no .*data\.mdb$/);
      expect(existsSync(dropped)).toBe(false);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
