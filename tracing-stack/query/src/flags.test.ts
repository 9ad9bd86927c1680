import { parseFlags } from '@spoor/platform';
import { expect, test } from 'vitest';
import { queryFlags } from './flags.ts';

function basePath(text: string): Promise<string> {
  const argv = ['--query.base-path', text];
  const options = { component: 'query', summary: '', flags: queryFlags, argv, env: {} };
  return parseFlags(options).then((flags) => flags['query.base-path']);
}

test.each([
  ['/', ''],
  ['/jaeger', '/jaeger'],
  ['/tools/jaeger-ui_2', '/tools/jaeger-ui_2'],
])('the base path %s is read as "%s"', async (text, path) => {
  expect(await basePath(text)).toBe(path);
});

test.each(['jaeger', '/jaeger/', '//', '/a b', '/a"><script>'])(
  'the base path %s is refused',
  async (text) => {
    await expect(basePath(text)).rejects.toThrow(
      `[query] --query.base-path: expected a path such as /jaeger, got "${text}"`,
    );
  },
);
