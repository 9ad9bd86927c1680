import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageError } from '@spoor/storage-api';
import { sampleBatch, text } from '@spoor/storage-testkit';
import { openEmbeddedStore } from '../embedded-store.ts';

/*
 * The other process of full-disk.test.ts: `full-disk-writer.ts FOLDER SPARE_BYTES`, on a small file system of its own. Writes until
 * the disk is full, then makes room, and tells what it saw as JSON. Batch N is the trace whose id is N.
 */
const [folder = '', spareBytes = '0'] = process.argv.slice(2);
const filler = join(folder, 'filler');
writeFileSync(filler, Buffer.alloc(8 * 1024 * 1024));
const directory = join(folder, 'data');
let store = await openEmbeddedStore({ directory, spareBytes: Number(spareBytes) });
const acknowledged: number[] = [];
const codes = new Set<string>();

async function write(number: number): Promise<boolean> {
  const traceId = number.toString(16).padStart(16, '0');
  const filling = text('filling', String(number).repeat(2000));
  try {
    await store.writer.write(sampleBatch({ spans: [{ traceId, tags: [filling] }] }));
    acknowledged.push(number);
    return true;
  } catch (error) {
    codes.add((error as StorageError).code);
    return false;
  }
}

async function readable(number: number): Promise<boolean> {
  return (await store.reader.trace(number.toString(16).padStart(16, '0'))) !== undefined;
}

let number = 1;
while (await write(number)) number++;
for (let more = 0; more < 20; more++) await write(++number);
const fullCheck = await store.check().then(
  () => 'fine',
  (error: StorageError) => error.code,
);
const beforeRoom = acknowledged.length;
await store.close();
store = await openEmbeddedStore({ directory, spareBytes: Number(spareBytes) });
const openedFull = {
  reads: await readable(1),
  writes: await write(++number),
  check: await store.check().then(
    () => 'fine',
    (error: StorageError) => error.code,
  ),
};
const anew = await openEmbeddedStore({ directory: join(folder, 'new') }).then(
  () => 'opened',
  (error: Error) => error.message,
);
rmSync(filler);
const afterRoom = await write(++number);
const check = await store.check().then(
  () => 'fine',
  (error: StorageError) => error.code,
);
await store.close();
store = await openEmbeddedStore({ directory });
const missing: number[] = [];
const unexpected: number[] = [];
for (let n = 1; n <= number; n++) {
  const found = await readable(n);
  if (!found && acknowledged.includes(n)) missing.push(n);
  if (found && !acknowledged.includes(n)) unexpected.push(n);
}
await store.close();
const seen = { beforeRoom, codes: [...codes], fullCheck, openedFull, anew, afterRoom, check };
const result = { ...seen, missing, unexpected };
console.log(JSON.stringify(result));
