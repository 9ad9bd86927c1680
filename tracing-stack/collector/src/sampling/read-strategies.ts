import { readFile } from 'node:fs/promises';
import { StrategiesError } from './strategies-file.ts';

const DOWNLOAD_WITHIN_MS = 1000;

/**
 * The text of a file of strategies, which may also be at a URL; `undefined` while its server is not ready (503). Rejects
 * with the reason.
 */
export async function readStrategies(location: string): Promise<string | undefined> {
  if (!/^https?:\/\//i.test(location)) return readFile(location, 'utf8');
  const answer = await fetch(location, { signal: AbortSignal.timeout(DOWNLOAD_WITHIN_MS) });
  const text = await answer.text();
  if (answer.status === 503) return undefined;
  if (answer.status === 200) return text;
  throw new StrategiesError(`HTTP ${answer.status} ${text.split('\n', 1)[0]?.slice(0, 200)}`);
}
