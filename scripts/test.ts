/**
 * `npm test`: everything that shows the project right, one part after the other, and one line at the end:
 * `N passed, N failed, N skipped`. Lint, layers, READMEs, types and lessons count
 * as one test each. `npm test -- unit browser` runs only those parts; some only if they are named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');

function run(command: string, ...args: string[]): boolean {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) console.error(`[test] cannot run ${command}: ${error.message}`);
  return status === 0;
}

/** A part that has no tests of its own: it passes or it fails. */
function check(name: string, ...command: [string, ...string[]]): Counts {
  console.log(`\n── ${name}`);
  const passed = run(...command);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** A part that writes its counts to `report`. One that dies without a report has failed. */
function suite(
  name: string,
  report: string,
  read: (json: string) => Counts,
  ...command: [string, ...string[]]
): Counts {
  console.log(`\n── ${name}`);
  rmSync(report, { force: true });
  const passed = run(...command);
  if (!existsSync(report)) {
    console.error(`[test] ${name} ended without a report`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counts = read(readFileSync(report, 'utf8'));
  if (counts.passed + counts.failed + counts.skipped === 0) {
    console.error(`[test] ${name} ran no test`);
    return { ...counts, failed: 1 };
  }
  return passed || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function vitestCounts(json: string): Counts {
  const report = JSON.parse(json) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function playwrightCounts(json: string): Counts {
  const { stats, errors } = JSON.parse(json) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  };
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

mkdirSync(results, { recursive: true });
const vitestReport = join(results, 'vitest.json');
const browserReport = join(results, 'browser.json');
const parts: Readonly<Record<string, () => Counts>> = {
  lint: () => check('lint', 'npx', 'biome', 'check', '.'),
  layers: () => check('layers', process.execPath, '--import', 'tsx', 'scripts/check-layers.ts'),
  readmes: () => check('readmes', process.execPath, '--import', 'tsx', 'scripts/check-readmes.ts'),
  types: () => check('types', 'npm', 'run', '--silent', 'typecheck'),
  unit: () =>
    suite(
      'unit and end to end',
      vitestReport,
      vitestCounts,
      ...(['npx', 'vitest', 'run', '--reporter=default', '--reporter=json'] as const),
      `--outputFile.json=${vitestReport}`,
    ),
  browser: () =>
    suite(
      'browser',
      browserReport,
      playwrightCounts,
      ...(['npx', 'playwright', 'test', '-c', 'e2e/playwright.config.ts'] as const),
    ),
};

const storesReport = join(results, 'stores.json');
const deployReport = join(results, 'deploy.json');
const interopReport = join(results, 'interop.json');
/**
 * `packages` is `unit` without end to end; `lessons` is the authors' gate and takes minutes; `stores` needs Java and the
 * servers' jars, `deploy` a docker engine and supervisord, `interop` a network namespace.
 */
const onlyNamed: typeof parts = {
  packages: () =>
    suite(
      'unit',
      vitestReport,
      vitestCounts,
      ...(['npx', 'vitest', 'run', 'tracing-stack', 'services', 'lessons', 'scripts'] as const),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ),
  lessons: () => check('lessons', 'npm', 'run', '--silent', 'lessons:verify'),
  stores: () =>
    suite(
      'stores',
      storesReport,
      vitestCounts,
      ...(['npx', 'vitest', 'run', '-c', 'e2e/stores/vitest.config.ts'] as const),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${storesReport}`,
    ),
  interop: () =>
    suite(
      'interop',
      interopReport,
      vitestCounts,
      ...(['npm', 'run', '--silent', 'test:interop'] as const),
    ),
  deploy: () =>
    suite(
      'deploy',
      deployReport,
      vitestCounts,
      ...(['npx', 'vitest', 'run', '-c', 'e2e/deploy/vitest.config.ts'] as const),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${deployReport}`,
    ),
};

const chosen = process.argv.slice(2);
const all = { ...parts, ...onlyNamed };
const unknown = chosen.filter((name) => !(name in all));
if (unknown.length > 0) {
  console.error(`[test] no part ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`);
  process.exit(1);
}
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, part] of Object.entries(chosen.length > 0 ? all : parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { passed, failed, skipped } = part();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
