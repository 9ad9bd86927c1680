import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const READER = fileURLToPath(new URL('reader-process.ts', import.meta.url));

/** Another process that reads the store in `directory`. */
export async function startReader(directory: string): Promise<ChildProcess> {
  const reader = fork(READER, [directory], { execArgv: ['--import', 'tsx'] });
  await once(reader, 'message');
  return reader;
}

/** How many spans it finds of a trace, the code of its error, or the signal that ended it. */
export async function askReader(reader: ChildProcess, traceId: string): Promise<unknown> {
  const heard = new AbortController();
  const { signal } = heard;
  const answer = once(reader, 'message', { signal }).then(([found]) => found);
  const end = once(reader, 'exit', { signal }).then(([code, killed]) => killed ?? code);
  reader.send(traceId);
  try {
    return await Promise.race([answer, end]);
  } finally {
    heard.abort();
    await Promise.allSettled([answer, end]);
  }
}
