import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '@spoor/storage-api';
import { firstSequenceOf } from './bucket-name.ts';
import { dataFileSize } from './data-file.ts';
import type { Findings } from './findings.ts';
import { BESIDE_BUCKETS } from './store-folders.ts';
import { storeExists } from './store-marker.ts';

/** What `checkStore` says of one folder of a store. */
export interface CheckedFolder extends Findings {
  readonly name: string;
}

/**
 * Reads the store in `directory` from end to end and says what is wrong, oldest bucket first and then what is beside the
 * buckets; another process may write meanwhile. `checker` is the program that is run for each folder: LMDB trusts its files, so that one
 * that is damaged can end the process that reads it, and that is a finding, too. Throws `StorageError`.
 */
export async function* checkStore(directory: string, checker: URL): AsyncGenerator<CheckedFolder> {
  if (!storeExists(directory)) {
    throw new StorageError('unavailable', `[embedded] there is no store in ${directory}`);
  }
  const names = (await readdir(directory)).filter((name) => firstSequenceOf(name) !== undefined);
  const beside = BESIDE_BUCKETS.filter((name) => dataFileSize(join(directory, name)) !== undefined);
  for (const name of [...names.sort(), ...beside]) {
    const path = join(directory, name);
    const findings = await checkedApart(path, checker);
    // It may have been dropped meanwhile, as too old.
    if (findings.problems.length === 0 || existsSync(path)) yield { name, ...findings };
  }
}

async function checkedApart(path: string, checker: URL): Promise<Findings> {
  const child = fork(checker, [path], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let findings: Findings | undefined;
  child.on('message', (message) => {
    findings = message as Findings;
  });
  // The end of a process may be told before its last message is, the end of the channel never.
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  if (findings !== undefined) return findings;
  return { records: 0, problems: [`whoever reads it ends, with ${signal ?? `code ${code}`}`] };
}
