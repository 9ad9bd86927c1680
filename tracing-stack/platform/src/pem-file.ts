import { readFile } from 'node:fs/promises';
import { UserError } from './user-error.ts';

/** What a PEM file holds; `undefined` where the path is empty. Rejects with a `UserError` for one that cannot be read. */
export async function pemFile(
  component: string,
  path: string,
  flag?: string,
): Promise<Buffer | undefined> {
  if (path === '') return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const named = flag === undefined ? '' : ` (--${flag})`;
    const text = `cannot read ${path}: ${(cause as Error).message}${named}`;
    throw new UserError('bad-flag', `[${component}] ${text}`, { cause });
  }
}
