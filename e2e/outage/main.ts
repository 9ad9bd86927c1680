/**
 * `npm run outage -- --minutes 10 --rate 1000`: the collector is away for that long while our agent takes spans at that
 * rate; then it comes back, and every span is looked for in its store. `--way gRPC` or `TChannel`; `--disk-bytes N` makes
 * the queue small enough to become full. Exits with 1 if a span is missing that was not counted as lost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptArgs } from '@spoor/platform';
import { freePort, WAYS, type Way } from './agent-and-collector.ts';
import { runOutage } from './run-outage.ts';

const USAGE = {
  script: 'outage',
  takes: '[--minutes 10] [--rate 1000] [--way gRPC|TChannel] [--disk-bytes N]',
  summary:
    'The collector is away for that long while the agent takes spans; then every span is looked for.',
};

const { values } = scriptArgs(USAGE, {
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '1000' },
    way: { type: 'string', default: 'gRPC' },
    'disk-bytes': { type: 'string' },
  },
});
const { minutes, rate, way } = values;
if (!(Number(minutes) > 0 && Number(rate) > 0 && way in WAYS)) {
  throw new Error(
    `[outage] --minutes and --rate are numbers above 0, --way is ${Object.keys(WAYS).join(' or ')}`,
  );
}
const diskBytes = values['disk-bytes'];
const small = [
  `--reporter.queue.disk-bytes=${diskBytes}`,
  `--reporter.queue.memory-bytes=${diskBytes}`,
];

const directory = await mkdtemp(join(tmpdir(), 'spoor-outage-'));
try {
  const report = await runOutage({
    place: { way: way as Way, port: await freePort(), directory },
    seconds: 60 * Number(minutes),
    rate: Number(rate),
    flags: diskBytes === undefined ? [] : small,
    tell: (line) => console.log(line),
  });
  const { warnings, ...figures } = report;
  console.log(JSON.stringify(figures, null, 2));
  for (const line of warnings) console.log(line);
  if (report.unaccounted > 0) process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true });
}
