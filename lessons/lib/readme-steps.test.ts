import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKOUT } from './lesson-manifest.ts';

// What a learner gets who types a step as the text says it: the block of code has to stand on its own there.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-steps-'));
  await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
});
afterAll(() => rm(folder, { recursive: true }));

const lessonFile = (name: string) => readFile(join(CHECKOUT, 'lessons/01-init', name), 'utf8');

/** The code of the README that comes from a place of the finished program. */
function block(readme: string, from: string): string {
  const [, code] = readme.split(`<!-- from: ${from}`)[1]?.split(/```(?:ts)?\n/) ?? [];
  if (code === undefined) throw new Error(`no code from ${from}`);
  return code;
}

test.each(['README.md', 'README.zh-CN.md'])('lesson 1 by %s, steps 1.1 and 1.2', async (name) => {
  const readme = await lessonFile(name);
  const tracing = (await lessonFile('start/tracing.ts'))
    .replace(
      /^import [\s\S]*?from 'opentracing';\n/m,
      block(readme, 'services/src/init-jaeger.ts "import'),
    )
    .replace(
      /\nexport function initJaeger[\s\S]*/,
      `\n${block(readme, 'services/src/init-jaeger.ts#initJaeger')}`,
    )
    .replace('      ...config,\n', '');
  const program = (await lessonFile('start/first-span.ts'))
    .replace('const [tracer] =', 'const [tracer, closer] =')
    .replace(
      'span.finish();\n',
      (line) => line + block(readme, 'lessons/01-init/solution/first-span.ts "// Finished'),
    );
  await writeFile(join(folder, 'tracing.ts'), tracing);
  await writeFile(join(folder, 'first-span.ts'), program);
  const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', 'first-span.ts'], {
    cwd: folder,
    encoding: 'utf8',
    // Nobody listens there, and the span goes off all the same.
    env: { ...process.env, JAEGER_AGENT_HOST: '::1', JAEGER_AGENT_PORT: '1' },
  });
  expect([status, stderr, stdout]).toEqual([
    0,
    expect.any(String),
    expect.stringContaining('done'),
  ]);
  expect(stdout + stderr).toContain('Reporting span');
});
