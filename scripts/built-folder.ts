import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that programs are built into. */
export interface BuiltFolder {
  /** Of its package.json, by which it is known: what a file without an extension is, the nearest manifest says. */
  readonly type: 'commonjs' | 'module';
  /** What is built into it, beside that. */
  readonly names: readonly string[];
}

/** What was to be built would lie among somebody's files. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Makes `folder` ready: it is made, or what was built in it before is removed. What else lies beside that stays. Throws a
 * `FolderInUseError` if there is something in it and nothing was built in it before.
 */
export async function clearBuilt(folder: string, { type, names }: BuiltFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'package.json');
  const manifest = `{ "private": true, "type": "${type}" }\n`;
  if ((await readdir(folder)).length > 0) {
    const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found !== manifest)
      throw new FolderInUseError(
        `[build] ${folder} is not empty, and was not built here: name an empty folder, or a new one`,
      );
  }
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(file, manifest);
}

/** Runs a build whose folder somebody named, and prints what it gives line by line, or why it was not begun. */
export async function printBuild(build: Promise<readonly string[]>): Promise<void> {
  try {
    for (const line of await build) console.log(line);
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
