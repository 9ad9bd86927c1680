import { expect } from 'vitest';
import type { NetworkNamespace, Running } from './network-namespace.ts';

/** A stack of calls, which no user should see. */
export const STACK_TRACE = /^\s+at .+:\d+/m;

/** `npm run lesson:N`, ending by itself; `args` for the lesson's program. */
export const once = (lesson: number, ...args: string[]) => [
  'npm',
  'run',
  `lesson:${lesson}`,
  '--',
  '--once',
  ...args,
];

/** The same with a terminal of its own, so that it stays: `script` gives it one. */
export const inTerminal = (lesson: number) => [
  'script',
  '-qfec',
  `exec npm run lesson:${lesson}`,
  '/dev/null',
];

/** A program that listens on TCP `port` and does `onConnection`. */
export const holding = (port: number, onConnection = '') => [
  process.execPath,
  '-e',
  `require('net').createServer((socket) => { ${onConnection} }).listen(${port}, '127.0.0.1', () => console.log('holding'))`,
];

/** The lines on which a program says why it did not work. */
export const complaints = ({ output }: Running) =>
  output()
    .split('\n')
    .filter((line) => line.startsWith('✗ '));

/** What the lesson's own programs printed, without prefixes and times. */
export const printed = ({ output }: Running) =>
  output()
    .split('\n')
    .flatMap((line) => /^[\w-]+ +\| (?:[\d/]+ [\d:]+ )?(.*)$/.exec(line)?.[1] ?? []);

/** Runs a lesson that has to fail with one line, and gives it back. */
export async function onceFailing(
  namespace: NetworkNamespace,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  line: RegExp,
): Promise<Running> {
  const lesson = namespace.run(command, env);
  expect(await lesson.ended).toBe(1);
  expect(complaints(lesson)).toEqual([expect.stringMatching(line)]);
  expect(lesson.output()).not.toMatch(STACK_TRACE);
  expect(lesson.output()).not.toContain('arrived whole');
  return lesson;
}
