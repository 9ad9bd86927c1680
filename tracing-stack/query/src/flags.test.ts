import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { type FlagValues, parseFlags } from '@spoor/platform';
import { describe, expect, test } from 'vitest';
import { queryFlags, queryOptions } from './flags.ts';

function parse(...argv: string[]): Promise<FlagValues<typeof queryFlags>> {
  return parseFlags({ component: 'query', summary: '', flags: queryFlags, argv, env: {} });
}

test('by default all is served below /, clocks are left alone, no header is added and nobody is asked for messages', async () => {
  expect(queryOptions(await parse())).toEqual({
    basePath: '',
    maxClockSkew: 0,
    wireSources: [],
    additionalHeaders: new Map(),
  });
});

describe('--query.base-path', () => {
  const basePath = async (text: string) =>
    (await parse('--query.base-path', text))['query.base-path'];

  test.each([
    ['/', ''],
    ['/jaeger', '/jaeger'],
    ['/tools/jaeger-ui_2', '/tools/jaeger-ui_2'],
  ])('%s is read as "%s"', async (text, path) => {
    expect(await basePath(text)).toBe(path);
  });

  test.each(['jaeger', '/jaeger/', '//', '/a b', '/a"><script>'])('%s is refused', async (text) => {
    await expect(basePath(text)).rejects.toThrow(
      `[query] --query.base-path: expected a path such as /jaeger, got "${text}"`,
    );
  });
});

test.each([
  ['a slash at its end', (folder: string) => `${folder}/`],
  ['dots in it', (folder: string) => `${folder}/../${basename(folder)}/.`],
  ['the current folder for its start', (folder: string) => relative(process.cwd(), folder)],
])('--query.static-files takes a folder with %s', async (_how, spelt) => {
  const folder = await mkdtemp(join(tmpdir(), 'spoor-flags-'));
  const flags = await parse('--query.static-files', spelt(folder));
  await rm(folder, { recursive: true });
  expect(queryOptions(flags).uiDirectory).toBe(folder);
});

test.each([
  ['5s', 5_000_000],
  ['1m0.5ms', 60_000_500],
])('--query.max-clock-skew-adjustment %s', async (text, micros) => {
  const flags = await parse('--query.max-clock-skew-adjustment', text);
  expect(queryOptions(flags).maxClockSkew).toBe(micros);
});

test('--query.additional-headers may be given several times', async () => {
  const flags = await parse(
    ...['--query.additional-headers', 'X-Extra: 1', '--query.additional-headers=X-EXTRA:2'],
    ...['--query.additional-headers', 'Link: <a>; rel="b", <c>'],
  );
  expect(queryOptions(flags).additionalHeaders).toEqual(
    new Map([
      ['x-extra', '1,2'],
      ['link', '<a>; rel="b", <c>'],
    ]),
  );
});

test.each([
  ['--query.max-clock-skew-adjustment=5', 'time: missing unit in duration "5"'],
  ['--query.max-clock-skew-adjustment=-1s', 'expected 0s or more, got "-1s"'],
  ['--query.additional-headers=X-Extra', 'expected "Name: value", got "X-Extra"'],
  ['--query.additional-headers=: 1', 'expected "Name: value", got ": 1"'],
  ['--query.additional-headers=A: \u4e2d', 'no header can hold the value of "A: \u4e2d"'],
])('%s is refused', async (argument, reason) => {
  const [name] = argument.split('=');
  await expect(parse(argument)).rejects.toThrow(`[query] ${name}: ${reason}`);
});
