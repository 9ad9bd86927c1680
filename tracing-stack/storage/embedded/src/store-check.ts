import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '@spoor/storage-api';
import type { BucketFindings } from './bucket-check.ts';
import { firstSequenceOf } from './bucket-name.ts';
import { storeExists } from './store-marker.ts';

/** What `checkStore` says of one bucket. */
export interface CheckedBucket extends BucketFindings {
  readonly name: string;
}

/**
 * Reads every bucket of the store in `directory` from end to end and says what is wrong, oldest bucket first; another
 * process may write meanwhile. `checker` is the program that is run for each bucket: LMDB trusts its files, so that one
 * that is damaged can end the process that reads it, and that is a finding, too. Throws `StorageError`.
 */
export async function* checkStore(directory: string, checker: URL): AsyncGenerator<CheckedBucket> {
  if (!storeExists(directory)) {
    throw new StorageError('unavailable', `[embedded] there is no store in ${directory}`);
  }
  const names = (await readdir(directory)).filter((name) => firstSequenceOf(name) !== undefined);
  for (const name of names.sort()) {
    const path = join(directory, name);
    const findings = await checkedApart(path, checker);
    // It may have been dropped meanwhile, as too old.
    if (findings.problems.length === 0 || existsSync(path)) yield { name, ...findings };
  }
}

async function checkedApart(path: string, checker: URL): Promise<BucketFindings> {
  const child = fork(checker, [path], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let findings: BucketFindings | undefined;
  child.on('message', (message) => {
    findings = message as BucketFindings;
  });
  // The end of a process may be told before its last message is, the end of the channel never.
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  if (findings !== undefined) return findings;
  return { records: 0, problems: [`whoever reads it ends, with ${signal ?? `code ${code}`}`] };
}
