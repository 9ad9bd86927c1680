import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the UI first, so that what is tested is what the sources say now. */
export default function buildUi(): void {
  const { status, stdout, stderr, error } = spawnSync('npm', ['run', 'build:ui'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`[browser] the UI cannot be built\n${stdout}${stderr}`, { cause: error });
}
