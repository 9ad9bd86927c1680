import { fileURLToPath } from 'node:url';
import { layerViolations } from './layers.ts';

const violations = layerViolations(
  fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, ''),
);
for (const violation of violations) console.error(violation);
if (violations.length > 0) {
  console.error(`${violations.length} breaks of architecture.json`);
  process.exitCode = 1;
}
