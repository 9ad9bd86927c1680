/**
 * `npm run build:bin`: fills dist/jaeger/ with one executable a component. Copying the folder installs it; Node is all
 * that it needs. `node --import tsx scripts/build-bin.ts FOLDER` fills another one.
 */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildBinaries } from './binaries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , folder = `${root}dist/jaeger`] = argv;
for (const { name, bytes } of await buildBinaries(root, folder)) {
  console.log(`${(bytes / 1024).toFixed(0).padStart(6)} KiB  ${name}`);
}
