import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { TextRequested } from './flags.ts';
import { runJob } from './run-job.ts';
import { type Closeable, errorLine, runMain } from './run-main.ts';
import { UserError } from './user-error.ts';

/** A process that only notes what is done to it. */
class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  out = '';
  err = '';
  readonly stdout = { write: (text: string) => (this.out += text) };
  readonly stderr = { write: (text: string) => (this.err += text) };

  exit(code: number): void {
    this.codes.push(code);
  }
}

async function run(start: () => Promise<Closeable>, signal?: string): Promise<FakeProcess> {
  const main = new FakeProcess();
  const done = runMain('agent', start, main);
  if (signal) setImmediate(() => main.emit(signal));
  await done;
  return main;
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s', (signal) => {
  test('closes what was started, then ends with 0', async () => {
    let closed = 0;
    const main = await run(async () => ({ close: async () => void closed++ }), signal);
    expect([closed, main.codes, main.err]).toEqual([1, [0], '']);
  });
});

test('a second signal does not wait, but what npm passes on of the first is no second', async () => {
  const main = new FakeProcess();
  let now = 0;
  let release = () => {};
  const closing = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done = runMain(
    'agent',
    async () => ({ close: () => closing }),
    main,
    () => now,
  );
  main.emit('SIGINT');
  main.emit('SIGINT');
  expect(main.codes).toEqual([]);
  now = 1500;
  main.emit('SIGINT');
  expect(main.codes).toEqual([1]);
  release();
  await done;
});

test('a program that cannot start prints one line and ends with 1', async () => {
  const main = await run(() => Promise.reject(new UserError('bad-flag', '[agent] --x: no')));
  expect([main.codes, main.err, main.out]).toEqual([[1], '[agent] --x: no\n', '']);
});

test('requested text goes to standard output and is no failure', async () => {
  const main = await run(() => Promise.reject(new TextRequested('the help')));
  expect([main.codes, main.err, main.out]).toEqual([[0], '', 'the help\n']);
});

describe('an error becomes a line', () => {
  test.each([
    [new UserError('port-held', '[query] cannot bind'), '[query] cannot bind'],
    [Object.assign(new Error('no such file\nmore'), { code: 'ENOENT' }), '[agent] no such file'],
    ['just text', '[agent] just text'],
  ])('%s', (error, line) => {
    expect(errorLine('agent', error)).toBe(line);
  });

  test('but a defect keeps its stack', () => {
    expect(errorLine('agent', new TypeError('x is undefined'))).toMatch(
      /^\[agent\] unexpected: TypeError: x is undefined\n {4}at /,
    );
  });
});

test.each([
  ['ends', async () => {}, 0, '', ''],
  ['fails', () => Promise.reject(new UserError('bad-flag', '[job] no')), 1, '', '[job] no\n'],
  ['is asked for its help', () => Promise.reject(new TextRequested('help')), 0, 'help\n', ''],
])('a job that %s says so by its code', async (_what, job, code, out, err) => {
  const main = new FakeProcess();
  await runJob('job', job, main);
  expect([main.codes, main.out, main.err]).toEqual([[code], out, err]);
});
