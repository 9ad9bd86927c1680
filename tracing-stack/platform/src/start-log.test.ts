import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Logger } from './logger.ts';
import { startLogged } from './start-log.ts';
import { UserError } from './user-error.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const flags = { 'log-level': 'info', 'log-encoding': 'json' } as const;
const never = new Promise<never>(() => {});
let lines: string[];
let interrupt: (signal: string) => void;
beforeEach(() => {
  lines = [];
});
const start = <T>(begin: (logger: Logger) => Promise<T>) => {
  const interrupted = new Promise<string>((resolve) => {
    interrupt = resolve;
  });
  const destination = { write: (line: string) => lines.push(JSON.parse(line).msg) };
  return startLogged({ name: 'x', flags, interrupted, destination }, begin);
};

test('what a program logs while it starts is written, in its order, when it has started', async () => {
  const logger = await start(async (log) => {
    log.info({}, 'one');
    log.warn({}, 'two');
    expect(lines).toEqual([]);
    return log;
  });
  logger.info({}, 'three');
  expect(lines).toEqual(['one', 'two', 'three']);
});

test('of one that cannot start nothing is written', async () => {
  const failed = start(async (log) => {
    log.info({}, 'health is served');
    throw new UserError('port-held', 'held');
  });
  await expect(failed).rejects.toThrow('held');
  vi.runAllTimers();
  interrupt('SIGTERM');
  await vi.advanceTimersByTimeAsync(0);
  expect(lines).toEqual([]);
});

const held = new UserError('port-held', 'held');
test.each([
  ['a defect', new TypeError('x is undefined')],
  ['a defect among others', new AggregateError([held, new TypeError('x is undefined')], 'held')],
])('of one that fails by %s it is written', async (_, defect) => {
  const failed = start(async (log) => {
    log.info({}, 'one');
    throw defect;
  });
  await expect(failed).rejects.toBe(defect);
  expect(lines).toEqual(['one']);
});

test('of one that is stopped it is written at once, and what comes then, too', async () => {
  let logger: Logger | undefined;
  void start(async (log) => {
    logger = log;
    log.info({}, 'one');
    await never;
  });
  interrupt('SIGTERM');
  await vi.advanceTimersByTimeAsync(0);
  expect(lines).toEqual(['one']);
  logger?.info({}, 'two');
  expect(lines).toEqual(['one', 'two']);
});

test('of one that crashes it is written', () => {
  const program = `
    import { startLogged } from ${JSON.stringify(new URL('start-log.ts', import.meta.url).href)};
    const interrupted = new Promise(() => {});
    const flags = ${JSON.stringify(flags)};
    void startLogged({ name: 'x', flags, interrupted }, async (log) => {
      log.info({}, 'one');
      setImmediate(() => { throw new Error('out of nowhere'); });
      await interrupted;
    });`;
  const argv = ['--import', 'tsx', '--input-type=module', '-e', program];
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/"msg":"one".*Error: out of nowhere/s);
});

test('of one that takes long it is written meanwhile', async () => {
  let done = () => {};
  const started = start(async (log) => {
    log.info({}, 'one');
    await new Promise<void>((resolve) => {
      done = resolve;
    });
  });
  vi.advanceTimersByTime(10_000);
  expect(lines).toEqual(['one']);
  done();
  await started;
  expect(lines).toEqual(['one']);
});
