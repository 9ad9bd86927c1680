import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from './open-store.ts';

it('opens the embedded store, for writing and for reading', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-registry-'));
  const writing = await openStore({ embedded: { directory } });
  const reading = await openStore({ type: 'embedded', readOnly: true, embedded: { directory } });
  expect(await reading.reader.services()).toEqual([]);
  await expect(openStore({ embedded: { directory } })).rejects.toThrow(`pid ${process.pid}`);
  await reading.close();
  await writing.close();
  await rm(directory, { recursive: true, force: true });
});

it('says in one line which types there are', async () => {
  await expect(openStore({ type: 'casandra' })).rejects.toThrow(
    '[storage] unknown SPAN_STORAGE_TYPE "casandra": known are embedded',
  );
});
