import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';
import { createLogger } from './logger.ts';
import { metricsRoute, programFlags } from './program-flags.ts';

function parse(...argv: string[]) {
  return parseFlags({ component: 'agent', summary: '', flags: programFlags, argv, env: {} });
}

test.each([
  [[], '/metrics'],
  [['--metrics-http-route=/m'], '/m'],
  [['--metrics-backend=none'], undefined],
])('with %j metrics are on %s', async (argv, route) => {
  expect(metricsRoute(await parse(...argv))).toBe(route);
});

test('a route is a path', async () => {
  await expect(parse('--metrics-http-route=metrics')).rejects.toThrow('expected a path');
});

test.each([
  ['json', /^\{"level":"info","time":"[^"]+","name":"a","port":1,"msg":"listening"\}\n$/],
  ['console', /^\S+Z\tinfo\ta\tlistening\t\{"port":1\}\n$/],
] as const)('a line in %s', (encoding, expected) => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  createLogger({ name: 'a', encoding, destination }).info({ port: 1 }, 'listening');
  expect(lines).toEqual([expect.stringMatching(expected)]);
});
