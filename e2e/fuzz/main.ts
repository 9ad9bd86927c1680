/**
 * `npm run fuzz -- --minutes 10`: bad messages through every port of the stack and into every decoder. Prints the seed, by
 * which a run can be begun again (`--seed N`), and saves what it finds in `--directory` (test-results/fuzz unless given).
 * `--doors "gRPC 16685"` leaves out all doors whose names begin otherwise.
 * Exits with 1 if it found something. A finding that was mended belongs into e2e/fuzz/findings, where the suite replays it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '@spoor/platform';
import { saveFinding } from './finding.ts';
import { type FuzzFigures, runFuzz } from './run-fuzz.ts';

const USAGE = {
  script: 'fuzz',
  takes: '[--minutes 10] [--seed N] [--directory FOLDER]',
  summary:
    'Bad messages through every port of the stack and into every decoder. Findings go to FOLDER.',
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = scriptArgs(USAGE, {
  options: {
    minutes: { type: 'string', default: '10' },
    doors: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    directory: { type: 'string', default: join(root, 'test-results', 'fuzz') },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  throw new Error('[fuzz] --minutes is a number above 0, --seed a whole number');
}
console.log(`[fuzz] seed ${seed}, ${minutes} minutes, findings go to ${values.directory}`);

const until = Date.now() + 60_000 * minutes;
let toldAt = Date.now();
const figures = await runFuzz({
  seed,
  doors: values.doors,
  goesOn: () => Date.now() < until,
  tell(finding) {
    const name = saveFinding(values.directory, finding);
    console.log(`[fuzz] FOUND ${finding.door}: ${finding.what.slice(0, 500)} (${name})`);
  },
  progress(now) {
    if (Date.now() - toldAt < 60_000) return;
    toldAt = Date.now();
    show(now);
  },
});
show(figures);
process.exitCode = figures.findings > 0 ? 1 : 0;

function show({ rounds, sent, decoded, findings, memory }: FuzzFigures): void {
  const programs = Object.entries(memory).map(([name, megabytes]) => `${name} ${megabytes}`);
  console.log(
    `[fuzz] ${rounds} rounds, ${sent} inputs sent, ${decoded} decoded, ${findings} findings; ${programs.join(', ')}`,
  );
}
