import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TextRequested } from './flags.ts';
import { runJob } from './run-job.ts';
import { type Closeable, errorLine, runMain } from './run-main.ts';
import { UnfinishedError } from './unfinished-error.ts';
import { UserError } from './user-error.ts';

/** A process that only notes what is done to it. */
class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  out = '';
  err = '';
  readonly stdout = { write: (text: string) => (this.out += text) };
  readonly stderr = { write: (text: string) => (this.err += text) };
  readonly pid = 4242;
  readonly kills: [number, string][] = [];
  resources: string[] = [];

  kill(...kill: [number, string]): void {
    this.kills.push(kill);
  }

  getActiveResourcesInfo(): string[] {
    return this.resources;
  }

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

describe('what hangs', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const never = () => new Promise<never>(() => {});

  test.each([
    ['starts', never],
    ['stops', async () => ({ close: never })],
  ])(
    'a program that hangs while it %s is ended with 1 before somebody has to kill it',
    async (_, start) => {
      vi.useFakeTimers();
      const main = new FakeProcess();
      void runMain('agent', start, main);
      main.emit('SIGTERM');
      await vi.advanceTimersByTimeAsync(4400);
      expect(main.codes).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      expect([main.codes, main.kills]).toEqual([[1], []]);
      expect(main.err).toBe('[agent] did not stop within 4.5 s\n');
    },
  );

  test.each(['FSReqPromise', 'GetAddrInfoReqWrap'])(
    'a thread that hangs, which exit would wait for, needs a kill (%s)',
    async (resource) => {
      vi.useFakeTimers();
      const main = new FakeProcess();
      main.resources = ['Timeout', resource];
      void runMain('agent', async () => ({ close: async () => {} }), main);
      main.emit('SIGTERM');
      await vi.advanceTimersByTimeAsync(4400);
      expect(main.codes).toEqual([]);
      await vi.advanceTimersByTimeAsync(200);
      expect(main.kills).toEqual([[4242, 'SIGKILL']]);
    },
  );

  const lost = new UnfinishedError('[agent] lost 3 spans');
  const held = new UserError('port-held', '[agent] cannot bind');

  test.each([
    ['stop', async () => ({ close: () => Promise.reject(lost) }), 'SIGTERM', lost.message],
    ['start', () => Promise.reject(held), undefined, held.message],
  ])('also when a program that could not %s has said why', async (_, start, signal, line) => {
    vi.useFakeTimers();
    const main = new FakeProcess();
    main.resources = ['FSReqPromise'];
    void runMain('agent', start, main);
    if (signal) main.emit(signal);
    await vi.advanceTimersByTimeAsync(4400);
    expect([main.codes, main.kills, main.err]).toEqual([[], [], `${line}\n`]);
    await vi.advanceTimersByTimeAsync(200);
    expect(main.kills).toEqual([[4242, 'SIGKILL']]);
  });

  test('a thread that ends in time needs none', async () => {
    vi.useFakeTimers();
    const main = new FakeProcess();
    main.resources = ['FSReqPromise'];
    const done = runMain('agent', () => Promise.reject(held), main);
    await vi.advanceTimersByTimeAsync(1000);
    expect(main.codes).toEqual([]);
    main.resources = [];
    await vi.advanceTimersByTimeAsync(100);
    await done;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([main.codes, main.kills]).toEqual([[1], []]);
  });

  test('all parts are handed one deadline, which leaves time to put away what is left', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const main = new FakeProcess();
    let deadline: AbortSignal | undefined;
    const close = async (given?: AbortSignal) => {
      deadline = given;
    };
    const done = runMain('agent', async () => ({ close }), main);
    main.emit('SIGTERM');
    await done;
    expect(deadline?.aborted).toBe(false);
    expect(main.codes).toEqual([0]);
  });
});

test('what may be lost is one line, and 1', async () => {
  const lost = new UnfinishedError('[agent] lost 3 spans');
  const main = await run(async () => ({ close: () => Promise.reject(lost) }), 'SIGTERM');
  expect([main.codes, main.err]).toEqual([[1], '[agent] lost 3 spans\n']);
});

test('several errors are a line each', async () => {
  const inner = new AggregateError([new UnfinishedError('[a] 1'), new UnfinishedError('[b] 2')]);
  const all = new AggregateError([inner, new UnfinishedError('[c] 3')]);
  const main = await run(() => Promise.reject(all));
  expect([main.codes, main.err]).toEqual([[1], '[a] 1\n[b] 2\n[c] 3\n']);
});

test('a program that cannot start prints one line and ends with 1', async () => {
  const main = await run(() => Promise.reject(new UserError('bad-flag', '[agent] --x: no')));
  expect([main.codes, main.err, main.out]).toEqual([[1], '[agent] --x: no\n', '']);
});

test('requested text goes to standard output and is no failure', async () => {
  const main = await run(() => Promise.reject(new TextRequested('the help')));
  expect([main.codes, main.err, main.out]).toEqual([[0], '', 'the help\n']);
});

describe('a process of its own', () => {
  const source = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const PROGRAM = `
    import { endsBefore } from ${source('close-deadline.ts')};
    import { runMain } from ${source('run-main.ts')};
    import { startTogether } from ${source('start-together.ts')};
    import { UserError } from ${source('user-error.ts')};
    void runMain('agent', () => startTogether(async (own) => {
      own({ close: (deadline) => endsBefore(deadline, new Promise(() => {})) });
      throw new UserError('port-held', '[agent] cannot bind');
    }));`;

  // Nothing else keeps it up then.
  test('that cannot start says why although a part waits until the deadline to close', {
    timeout: 60_000,
  }, () => {
    const argv = ['--import', 'tsx', '--input-type=module', '-e', PROGRAM];
    const ended = spawnSync(process.execPath, argv, { encoding: 'utf8' });
    expect([ended.status, ended.stderr]).toEqual([1, '[agent] cannot bind\n']);
  });
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
