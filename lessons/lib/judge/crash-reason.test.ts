import { describe, expect, test } from 'vitest';
import { crashReason, neverResolved, printedError } from './crash-reason.ts';

const FILE = '/home/me/work/02-inner/inner.ts';
const ended = { code: 1, signal: null, error: '' };

describe('why a program stopped', () => {
  test.each<[string, string[], string]>([
    [
      'an error is told with its place in the learner’s file, not in a package',
      [
        '/home/me/node_modules/x/index.js:3',
        'TypeError: span.finsh is not a function',
        '    at run (/home/me/node_modules/x/index.js:3:9)',
        `    at callService1 (${FILE}:24:10)`,
        '    at <anonymous> (/home/me/work/02-inner/other.ts:1:1)',
      ],
      'TypeError: span.finsh is not a function (inner.ts:24)',
    ],
    [
      'of several errors the first one counts',
      ['Error: first', `    at ${FILE}:2:3`, 'Error: second'],
      'Error: first (inner.ts:2)',
    ],
    [
      'an error with a code',
      [
        "Error [ERR_MODULE_NOT_FOUND]: Cannot find module './x.ts'",
        '    at node:internal/modules:1:1',
      ],
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find module './x.ts'",
    ],
    [
      'what does not compile',
      ['Error: Transform failed with 1 error:', `${FILE}:22:53: ERROR: Expected "}" but found ")"`],
      'Expected "}" but found ")" (inner.ts:22)',
    ],
    [
      'a text that was thrown',
      [
        `${FILE}:12`,
        "    throw 'no such service';",
        '    ^',
        'no such service',
        'Node.js v20.20.2',
      ],
      'no such service (inner.ts:12)',
    ],
    [
      'a promise rejected with a text',
      [
        'node:internal/process/promises:394',
        '      triggerUncaughtException(err, true /* fromPromise */);',
        '      ^',
        '',
        '[UnhandledPromiseRejection: This error originated either by throwing inside of an async function',
        'The promise rejected with the reason "no".] {',
      ],
      'no',
    ],
    ['an exit without a word', ['req: callService1'], 'exit code 1'],
  ])('%s', (_what, lines, reason) => {
    expect(crashReason(FILE, ended, lines)).toBe(reason);
  });

  test('a signal is told if there is nothing else', () => {
    const killed = { code: null, signal: 'SIGKILL' as const, error: '' };
    expect(crashReason(FILE, killed, [])).toBe('signal SIGKILL');
  });

  test('an await that nothing can end is no error', () => {
    const unsettled = { code: 13, signal: null, error: '' };
    expect(neverResolved(unsettled, ['Warning: Detected unsettled top-level await'])).toBe(true);
    expect(neverResolved(unsettled, ['Error: 13 it is'])).toBe(false);
    expect(neverResolved(ended, [])).toBe(false);
  });
});

test.each([
  ['2026/11/29 01:02:03 clientSpan.setBaggage is not a function', true],
  ['TypeError: x is not iterable', true],
  ["Cannot read properties of undefined (reading 'finish')", true],
  ['2026/11/29 01:02:03 the greeter does not answer', false],
  ['Reporting span 1:2:0:1', false],
])('whether `%s` is an error that somebody printed: %s', (line, isError) => {
  const plain = line.replace(/^2026\S+ \S+ /, '');
  expect(printedError(['started', line])).toBe(isError ? plain : undefined);
});
