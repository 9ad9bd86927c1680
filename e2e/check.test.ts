import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKOUT, NetworkNamespace, whyNoNamespaces } from './network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: check:N as a user runs it (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-'));
  await symlink(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
});
afterAll(() => rm(root, { recursive: true }));

/** A folder with programs of a lesson, from one of the lesson's own. */
async function programs(name: string, from: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await cp(join(CHECKOUT, 'lessons', from), folder, { recursive: true });
  return folder;
}

const node = (script: string, ...args: string[]) => [
  process.execPath,
  '--import',
  'tsx',
  script,
  ...args,
];
const check = (lesson: number, ...args: string[]) =>
  node('lessons/lib/judge/main.ts', String(lesson), ...args);
const stackIn = (name: string) =>
  node('tracing-stack/all-in-one/src/main.ts', `--embedded.directory=${join(root, name)}`);

describe.skipIf(skip)('npm run check:N', { timeout: 180_000 }, () => {
  test('two learners on one stack: neither verdict changes the other’s', async () => {
    await using namespace = await NetworkNamespace.open();
    const stack = namespace.run(stackIn('two'));
    await stack.until(/"queryHttp":\d+|16686/);
    const right = await programs('right', '02-inner/solution');
    const wrong = await programs('wrong', '02-inner/start');
    for (let round = 0; round < 2; round++) {
      const learners = [right, wrong].map((folder) =>
        namespace.run(check(2, '--dir', folder, '--json')),
      );
      const codes = await Promise.all(learners.map(({ ended }) => ended));
      const verdicts = learners.map((learner) => JSON.parse(learner.output()));
      expect(codes).toEqual([0, 1]);
      expect(verdicts[0]).toMatchObject({ passed: true, warnings: [] });
      expect(verdicts[1]).toMatchObject({ passed: false, finding: { rule: 'T-SPLIT' } });
      expect(verdicts[0].traceIds).toHaveLength(1);
      expect(verdicts[1].traceIds).toHaveLength(3);
    }
  });

  test('--target judges npm jaeger-client against a backend that is named', async () => {
    await using namespace = await NetworkNamespace.open();
    const stack = namespace.run(stackIn('target'));
    await stack.until(/"queryHttp":\d+|16686/);
    const folder = await programs('npm', '02-inner/variants/npm-jaeger-client');
    const target = ['--target', 'http://127.0.0.1:16686'];
    const learner = namespace.run(check(2, '--dir', folder, '--json', ...target));
    expect([await learner.ended, JSON.parse(learner.output())]).toMatchObject([
      0,
      { passed: true, queryUrl: 'http://127.0.0.1:16686' },
    ]);
  });

  test('a port that somebody else holds is one line', async () => {
    await using namespace = await NetworkNamespace.open();
    const holder = namespace.run([
      process.execPath,
      '-e',
      `require('net').createServer().listen(2334, () => console.log('holding'))`,
    ]);
    await holder.until(/holding/);
    const folder = await programs('held', '03-http/start');
    const learner = namespace.run(check(3, '--dir', folder), {
      EMBEDDED_DIRECTORY: join(root, 'held-data'),
    });
    expect(await learner.ended).toBe(1);
    expect(learner.output().trim()).toMatch(/^✗ :2334 is held by pid \d+ \([^\n]*\)[^\n]*$/);
  });

  test('a stack that ran for the check only has ended with its links, and that is said', async () => {
    await using namespace = await NetworkNamespace.open();
    const folder = await programs('own-stack', '02-inner/solution');
    const env = { EMBEDDED_DIRECTORY: join(root, 'own-stack-data') };
    const ended = /^ {2}The stack ran in this command only.* npm start brings it back/m;
    const alone = namespace.run(check(2, '--dir', folder), env);
    expect(await alone.ended).toBe(0);
    expect(alone.output()).toMatch(ended);
    const json = namespace.run(check(2, '--dir', folder, '--json'), env);
    expect(await json.ended).toBe(0);
    expect(JSON.parse(json.output())).toMatchObject({ passed: true });
    const stack = namespace.run(stackIn('own-stack-beside'));
    await stack.until(/"queryHttp":\d+|16686/);
    const beside = namespace.run(check(2, '--dir', folder));
    expect(await beside.ended).toBe(0);
    expect(beside.output()).not.toMatch(ended);
  });

  test('a lesson that was not begun is told how to begin', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = namespace.run(check(2), { SPOOR_LEARNER_ROOT: join(root, 'nobody') });
    expect(await learner.ended).toBe(1);
    expect(learner.output()).toMatch(/^✗ There is no .*work\/02-inner yet\. npm run exercise:2 /);
  });
});
