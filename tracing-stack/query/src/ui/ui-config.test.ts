import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@spoor/platform';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openUiConfig } from './ui-config.ts';

const logger = createLogger({ name: 'query', level: 'silent' });

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-ui-config-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test.each([
  ['a.json', ' {"menu":[]}\n', { kind: 'object', value: { menu: [] } }],
  ['a.JSON', '{}', { kind: 'object', value: {} }],
  [
    'a.js',
    '\nfunction UIConfig() {\n  return {};\n}\n',
    { kind: 'script', text: 'function UIConfig() {\n  return {};\n}' },
  ],
  ['b.js', 'function  UIConfig (){}', { kind: 'script', text: 'function  UIConfig (){}' }],
])('%s is read: %j', async (name, text, config) => {
  expect(await (await openUiConfig(await file(name, text), logger))()).toEqual(config);
});

test.each([
  ['bad.json', '{"menu":', 'Unexpected end of JSON input'],
  ['list.json', '[]', 'expected an object'],
  ['null.json', 'null', 'expected an object'],
  ['no-function.js', 'const UIConfig = {};', 'expected a function UIConfig()'],
  ['config.yaml', 'menu: []', 'expected a .json or .js file'],
])('%s is refused: %s', async (name, text, reason) => {
  const path = await file(name, text);
  await expect(openUiConfig(path, logger)).rejects.toMatchObject({
    code: 'bad-config-file',
    message: `[query] --query.ui-config: cannot read ${path}: ${reason}`,
  });
});

test('a file that is not there is refused', async () => {
  const path = join(folder, 'none.json');
  await expect(openUiConfig(path, logger)).rejects.toThrow(
    /^\[query\] --query\.ui-config: .*ENOENT/,
  );
});

test('a file that changes counts at once; while it is broken, the last good one does, which is told once', async () => {
  const path = await file('change.json', '{"a":1}');
  const warn = vi.spyOn(logger, 'warn');
  const config = await openUiConfig(path, logger);
  await file('change.json', '{"a":2}');
  expect(await config()).toEqual({ kind: 'object', value: { a: 2 } });
  await file('change.json', '{"a":');
  expect(await config()).toEqual({ kind: 'object', value: { a: 2 } });
  await config();
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledWith(
    { file: path, reason: expect.stringContaining('JSON') },
    'UI configuration cannot be read, the last good one stays',
  );
});
