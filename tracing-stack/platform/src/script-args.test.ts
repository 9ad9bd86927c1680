import { expect, test } from 'vitest';
import { readScriptArgs } from './script-args.ts';

const usage = { script: 'fuzz', takes: '[--minutes 10] [FOLDER]', summary: 'Sends bad messages.' };
const LINE = 'npm run fuzz -- [--minutes 10] [FOLDER]';

const read = (...args: string[]) =>
  readScriptArgs(usage, {
    args,
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
  });

test('a script gets what it was called with', () => {
  const { values, positionals } = read('--seed', '7', 'here');
  expect({ ...values }).toEqual({ minutes: '10', seed: '7' });
  expect(positionals).toEqual(['here']);
});

test.each(['--help', '-h'])('%s tells how to call it and what it does', (ask) => {
  expect(() => read(ask)).toThrow(
    expect.objectContaining({ text: `${LINE}\n\nSends bad messages.` }),
  );
});

test.each([
  [['--nope'], `[fuzz] Unknown option '--nope': ${LINE}`],
  [['--seed'], `[fuzz] Option '--seed <value>' argument missing: ${LINE}`],
])('%j is refused in one line that tells how to call it', (args, message) => {
  expect(() => read(...args)).toThrow(expect.objectContaining({ code: 'bad-flag', message }));
});
