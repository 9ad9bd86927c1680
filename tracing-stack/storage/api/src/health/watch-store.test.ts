import { DecodeError } from '@spoor/wire';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SpanReader, SpanStore, TraceQuery } from '../span-store.ts';
import { StorageError } from '../storage-error.ts';
import type { StoredBatch } from '../stored-batch.ts';
import { type WatchedStore, watchStore } from './watch-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const away = new StorageError('unavailable', '[x] answered INTERNAL: no');

/** A store whose calls do what is said of them last. */
function fakeStore() {
  const reader: SpanReader = {
    services: async () => [],
    operations: async () => [],
    trace: async () => undefined,
    findTraces: async () => [],
    findTraceIds: async () => [],
    arrivals: async () => ({ spans: [], cursor: '' }),
  };
  const writer = { write: async () => undefined };
  const store = { reader, writer, check: async () => undefined, close: async () => undefined };
  return store as { -readonly [K in keyof typeof store]: SpanStore[K] };
}

const query = {} as TraceQuery;
const batch = {} as StoredBatch;
const fails = async () => {
  throw away;
};

/** Three calls, three seconds apart. */
async function overAndOver(call: () => Promise<unknown>): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await call().catch(() => undefined);
    vi.advanceTimersByTime(3000);
  }
}

test('a store that is there and answers what it is asked is well', async () => {
  const watched = watchStore(fakeStore(), 'x');
  await overAndOver(() => watched.reader.findTraces(query));
  await expect(watched.health()).resolves.toBeUndefined();
});

test('one that answers no read any more is not, from the first failure until it reads again', async () => {
  const store = fakeStore();
  const watched = watchStore(store, 'x');
  const { reader } = store;
  Object.assign(reader, { services: fails, trace: fails });
  await expect(watched.reader.trace('1')).rejects.toBe(away);
  await expect(watched.health()).rejects.toBe(away);
  // Nobody reads, but health does.
  vi.advanceTimersByTime(30_000);
  await expect(watched.health()).rejects.toBe(away);
  Object.assign(reader, { services: async () => [] });
  await expect(watched.health()).resolves.toBeUndefined();
});

test.each(['findTraces', 'findTraceIds', 'trace', 'operations', 'arrivals'] as const)(
  'a read that fails by its own weight, however often, says nothing while services are read: %s',
  async (method) => {
    const store = fakeStore();
    const watched = watchStore(store, 'x');
    Object.assign(store.reader, { [method]: fails });
    const call = () => watched.reader[method](query as never, 1) as Promise<unknown>;
    await overAndOver(call);
    await expect(watched.health()).resolves.toBeUndefined();
    await expect(call()).rejects.toBe(away);
    Object.assign(store.reader, { services: fails });
    await expect(watched.health()).rejects.toBe(away);
  },
);

test('one that stores nothing any more is not well until it does, or nobody has tried for a minute', async () => {
  const store = fakeStore();
  store.writer = { write: fails };
  const broken = watchStore(store, 'x');
  await overAndOver(() => broken.writer.write(batch));
  await expect(broken.health()).rejects.toThrow('[x] writing spans failed 3 times in a row');
  vi.advanceTimersByTime(60_000);
  await expect(broken.health()).resolves.toBeUndefined();
  await expect(broken.writer.write(batch)).rejects.toBe(away);
  await expect(broken.health()).rejects.toThrow('failed 4 times');
  Object.assign(store.writer, { write: async () => undefined });
  await broken.writer.write(batch);
  await expect(broken.health()).resolves.toBeUndefined();
});

test.each([1, 4])(
  '%d writes that failed at once make no store that stores nothing',
  async (count) => {
    const store = fakeStore();
    store.writer = { write: fails };
    const watched = watchStore(store, 'x');
    for (let n = 0; n < count; n++) await expect(watched.writer.write(batch)).rejects.toBe(away);
    await expect(watched.health()).resolves.toBeUndefined();
  },
);

test.each([
  new StorageError('corrupt', '[x] no cursor'),
  new StorageError('unsupported', '[x] too large'),
  new DecodeError('truncated', 1, 'no'),
])('what a client got wrong is not the store’s failure, however often: %s', async (error) => {
  const store = fakeStore();
  Object.assign(store.reader, { services: fails, arrivals: () => Promise.reject(error) });
  store.writer = { write: () => Promise.reject(error) };
  const watched = watchStore(store, 'x');
  await overAndOver(() => watched.reader.arrivals('?', 1));
  await overAndOver(() => watched.writer.write(batch));
  await expect(watched.health()).resolves.toBeUndefined();
});

test('what failed while the store was away says nothing of it when it is back', async () => {
  const store = fakeStore();
  store.writer = { write: fails };
  const watched = watchStore(store, 'x');
  store.check = fails;
  await overAndOver(() => watched.writer.write(batch));
  await expect(watched.health()).rejects.toBe(away);
  store.check = async () => undefined;
  await expect(watched.health()).resolves.toBeUndefined();
});

/** A call that goes on until it is told how it ended. */
function hanging() {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const call = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { call, resolve, reject };
}

const LATE = new StorageError('unavailable', '[x] the store did not answer within 2 s');

/** Asks after a health that takes its two seconds. */
async function tooLate(watched: WatchedStore): Promise<void> {
  const asked = expect(watched.health()).rejects.toEqual(LATE);
  await vi.advanceTimersByTimeAsync(2000);
  await asked;
}

test('one that does not answer is given two seconds, and is asked once however long it takes', async () => {
  const store = fakeStore();
  const check = hanging();
  const asks = vi.fn(() => check.call);
  store.check = asks;
  const watched = watchStore(store, 'x');
  const asked = Promise.allSettled([watched.health(), watched.health()]);
  let answers = 0;
  void asked.then(() => answers++);
  await vi.advanceTimersByTimeAsync(1999);
  expect(answers).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  const rejected = { status: 'rejected', reason: LATE };
  expect(await asked).toEqual([rejected, rejected]);
  for (let times = 0; times < 3; times++) {
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(watched.health()).rejects.toEqual(LATE);
  }
  expect(asks).toHaveBeenCalledTimes(1);
  check.resolve();
  await vi.advanceTimersByTimeAsync(0);
  store.check = async () => undefined;
  await expect(watched.health()).resolves.toBeUndefined();
});

test.each([
  ['answers', ({ resolve }: ReturnType<typeof hanging>) => resolve()],
  ['fails', ({ reject }: ReturnType<typeof hanging>) => reject(away)],
])(
  'one that stores nothing is not well after it was slow once, and %s too late',
  async (_how, end) => {
    const store = fakeStore();
    store.writer = { write: fails };
    const watched = watchStore(store, 'x');
    await overAndOver(() => watched.writer.write(batch));
    const check = hanging();
    store.check = () => check.call;
    await tooLate(watched);
    end(check);
    await vi.advanceTimersByTimeAsync(0);
    store.check = async () => undefined;
    await expect(watched.health()).rejects.toThrow('[x] writing spans failed 3 times in a row');
  },
);

test('one that stores nothing is not well after services could not be read once', async () => {
  const store = fakeStore();
  store.writer = { write: fails };
  const watched = watchStore(store, 'x');
  await overAndOver(() => watched.writer.write(batch));
  Object.assign(store.reader, { services: fails });
  await expect(watched.reader.services()).rejects.toBe(away);
  await expect(watched.health()).rejects.toBe(away);
  Object.assign(store.reader, { services: async () => [] });
  await expect(watched.health()).rejects.toThrow('[x] writing spans failed 3 times in a row');
});

test('it has what the store has, and no more', async () => {
  const store = fakeStore();
  expect(Object.keys(watchStore(store, 'x'))).not.toContain('archive');
  const trace = async () => undefined;
  const archive = { writer: { write: async () => undefined }, reader: { trace } };
  const dependencies = { read: async () => [], write: async () => undefined };
  const watched = watchStore({ ...store, archive, dependencies }, 'x');
  expect(watched.sampling).toBeUndefined();
  expect(await watched.archive?.reader.trace('1')).toBeUndefined();
  expect(await watched.dependencies?.read(0, 0)).toEqual([]);
});
