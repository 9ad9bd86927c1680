/**
 * `npm test`: everything that shows the project right, one part after the other, and one line at the end:
 * `N passed, N failed, N skipped`, after a line `✗ PART: TEST: MESSAGE` for each that failed. Lint, layers, READMEs, types
 * and lessons count as one test each. `npm test -- unit browser` runs only those parts; some only if they are named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** A line for each that failed: the test, and the first line of its error. */
  failures: string[];
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
  if (passed) return { passed: 1, failed: 0, skipped: 0, failures: [] };
  return { passed: 0, failed: 1, skipped: 0, failures: [command.join(' ')] };
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
    return { passed: 0, failed: 1, skipped: 0, failures: [`${name} ended without a report`] };
  }
  const counts = read(readFileSync(report, 'utf8'));
  if (counts.passed + counts.failed + counts.skipped === 0) {
    return { ...counts, failed: 1, failures: [`${name} ran no test`] };
  }
  if (passed || counts.failed > 0) return counts;
  return {
    ...counts,
    failed: 1,
    failures: [`${name} did not end well, although each test passed`],
  };
}

function firstLine(text: string | undefined): string {
  return text?.split('\n', 1)[0] ?? 'without a message';
}

function vitestCounts(json: string): Counts {
  const report = JSON.parse(json) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: {
      name: string;
      status: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failedTests = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'failed')
      .map(
        (test) =>
          `${relative(root, file.name)}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`,
      ),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map((file) => `${relative(root, file.name)}: ${firstLine(file.message)}`),
      ...failedTests,
    ],
  };
}

function playwrightCounts(json: string): Counts {
  const { stats, errors, suites } = JSON.parse(json) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: { message?: string }[];
    suites: PlaywrightSuite[];
  };
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...errors.map((error) => firstLine(error.message)), ...suites.flatMap(failedSpecs)],
  };
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    file: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
}

function failedSpecs({ suites = [], specs }: PlaywrightSuite): string[] {
  const failed = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => `${file}: ${title}: ${firstLine(results[0]?.error?.message)}`),
  );
  return [...failed, ...suites.flatMap(failedSpecs)];
}

mkdirSync(results, { recursive: true });

/** Vitest, with a report named as the part. */
function vitest(part: string, name: string, ...args: string[]): Counts {
  const report = join(results, `${part}.json`);
  return suite(
    name,
    report,
    vitestCounts,
    ...(['npx', 'vitest', 'run', ...args] as const),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
}

const parts: Readonly<Record<string, () => Counts>> = {
  lint: () => check('lint', 'npx', 'biome', 'check', '.'),
  layers: () => check('layers', process.execPath, '--import', 'tsx', 'scripts/check-layers.ts'),
  readmes: () => check('readmes', process.execPath, '--import', 'tsx', 'scripts/check-readmes.ts'),
  types: () => check('types', 'npm', 'run', '--silent', 'typecheck'),
  // Vitest leaves a core free, which is half of a machine with two; end to end needs it for the programs.
  unit: () => vitest('unit', 'unit', '--exclude', 'e2e/**', '--maxWorkers', '100%'),
  e2e: () => vitest('e2e', 'end to end', 'e2e/'),
  browser: () =>
    suite(
      'browser',
      join(results, 'browser.json'),
      playwrightCounts,
      ...(['npx', 'playwright', 'test', '-c', 'e2e/playwright.config.ts'] as const),
    ),
};

/**
 * `lessons` is the authors' gate and takes minutes; `stores` needs Java and the servers' jars, `deploy` a docker engine and
 * supervisord, `interop` a network namespace.
 */
const onlyNamed: typeof parts = {
  lessons: () => check('lessons', 'npm', 'run', '--silent', 'lessons:verify'),
  stores: () => vitest('stores', 'stores', '-c', 'e2e/stores/vitest.config.ts'),
  interop: () =>
    suite(
      'interop',
      join(results, 'interop.json'),
      vitestCounts,
      ...(['npm', 'run', '--silent', 'test:interop'] as const),
    ),
  deploy: () => vitest('deploy', 'deploy', '-c', 'e2e/deploy/vitest.config.ts'),
};

const chosen = process.argv.slice(2);
const all = { ...parts, ...onlyNamed };
const unknown = chosen.filter((name) => !(name in all));
if (unknown.length > 0) {
  console.error(`[test] no part ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`);
  process.exit(1);
}
const total = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
for (const [name, part] of Object.entries(chosen.length > 0 ? all : parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const counts = part();
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  failed.push(
    ...counts.failures.map((failure) => `✗ ${name}: ${stripVTControlCharacters(failure)}`),
  );
}
if (failed.length > 0) console.log(`\n${failed.join('\n')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;
