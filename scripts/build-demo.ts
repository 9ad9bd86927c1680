/** `npm run build:demo`: fills dist/demo/ with the demo services and what else the image of docker-compose.yml runs. */
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { buildDemoPrograms } from './demo-programs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , folder = `${root}dist/demo`] = argv;
console.log((await buildDemoPrograms(root, folder)).join('\n'));
