/**
 * `npm run build:bin`: fills dist/jaeger/ with one executable a component. Copying the folder installs it; Node is all
 * that it needs. `npm run build:bin -- FOLDER` fills another one, which has to be empty, or filled by this before.
 */
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../tracing-stack/platform/src/script-args.ts';
import { buildBinaries } from './binaries.ts';
import { printBuild } from './built-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { positionals } = scriptArgs(
  {
    script: 'build:bin',
    takes: '[FOLDER]',
    summary: 'Fills dist/jaeger/, or FOLDER, with one executable a component.',
  },
  { allowPositionals: true },
);
const [folder = `${root}dist/jaeger`] = positionals;
async function build(): Promise<string[]> {
  const built = await buildBinaries(root, folder);
  return built.map(({ name, bytes }) => `${(bytes / 1024).toFixed(0).padStart(6)} KiB  ${name}`);
}
await printBuild(build());
