/**
 * `npm run build:demo`: fills dist/demo/ with the demo services and what else the image of docker-compose.yml runs.
 * `npm run build:demo -- FOLDER` fills another one, which has to be empty, or filled by this before.
 */
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../tracing-stack/platform/src/script-args.ts';
import { printBuild } from './built-folder.ts';
import { buildDemoPrograms } from './demo-programs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { positionals } = scriptArgs(
  {
    script: 'build:demo',
    takes: '[FOLDER]',
    summary:
      'Fills dist/demo/, or FOLDER, with what the image of docker-compose.yml runs beside the stack.',
  },
  { allowPositionals: true },
);
const [folder = `${root}dist/demo`] = positionals;
await printBuild(buildDemoPrograms(root, folder));
