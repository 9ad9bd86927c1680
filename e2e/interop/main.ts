/**
 * `npm run test:interop`: every mix of our programs and those of real Jaegers. JAEGER_BIN names the folders of these, with
 * `:` between them; without it our own programs stand in for them. Each run has a network of its own, so every program is
 * on its default ports.
 *
 *     --stores all|none   also over Elasticsearch and Cassandra, if their jars are fetched; all with JAEGER_BIN, else none
 *     --write             puts the tables into docs/interop.md
 *     --record            writes e2e/interop/reference.json anew, from the Jaeger v1.62.0 of JAEGER_BIN
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { scriptArgs } from '@spoor/platform';
import { CHECKOUT, whyNoNamespaces } from '../network-namespace.ts';
import { tablesOf, writeTables } from './tables.ts';

const USAGE = {
  script: 'test:interop',
  takes: '[--stores all|none] [--write] [--record]',
  summary:
    'Every mix of our programs and those of the Jaegers in JAEGER_BIN. --write puts the tables into docs/interop.md.',
};

const { values } = scriptArgs(USAGE, {
  options: {
    stores: { type: 'string' },
    write: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const { JAEGER_BIN = '' } = process.env;
const stores = values.stores ?? (JAEGER_BIN ? 'all' : 'none');
if (stores !== 'all' && stores !== 'none') throw new Error('--stores is all or none');

const reason = whyNoNamespaces();
if (reason !== undefined) throw new Error(`[interop] ${reason}`);

const ours = join(CHECKOUT, 'dist/jaeger');
const built = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build-bin.ts', ours], {
  cwd: CHECKOUT,
  stdio: 'inherit',
});
if (built.status !== 0) throw new Error('[interop] our programs cannot be built');
if (!JAEGER_BIN) console.log('[interop] no JAEGER_BIN: our own programs are on both sides');
if (stores === 'none') console.log('[interop] --stores none: no Elasticsearch, no Cassandra');

const report = join(CHECKOUT, 'test-results/interop.json');
mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
const suite = [
  process.execPath,
  join(CHECKOUT, 'node_modules/vitest/vitest.mjs'),
  ...['run', '-c', 'e2e/interop/vitest.config.ts', '--reporter=verbose', '--reporter=json'],
  `--outputFile.json=${report}`,
];
const { status } = spawnSync(
  'unshare',
  ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...suite],
  {
    cwd: CHECKOUT,
    stdio: 'inherit',
    env: {
      ...process.env,
      INTEROP_OURS: ours,
      INTEROP_STORES: stores,
      JAEGER_BIN: JAEGER_BIN ? absolute(JAEGER_BIN) : ours,
      ...(values.record && { INTEROP_RECORD: '1' }),
    },
  },
);
const tables = tablesOf(readFileSync(report, 'utf8'));
console.log(`\n${tables}`);
if (values.write && status === 0) writeTables(join(CHECKOUT, 'docs/interop.md'), tables);
process.exitCode = status ?? 1;

function absolute(folders: string): string {
  return folders
    .split(':')
    .map((folder) => resolve(folder))
    .join(':');
}
