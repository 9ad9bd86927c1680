import type { Micros } from '@spoor/model';
import { silentLogger } from '@spoor/platform';
import type { CallSource, DependencyLink, DependencyStore, TraceCalls } from '@spoor/storage-api';
import type { CallSpan } from '@spoor/storage-api/dependencies';
import { expect, test } from 'vitest';
import { countDependencies } from './count-dependencies.ts';
import { SLICE } from './slices.ts';

const NOW = 1_700_006_400_000_000 + SLICE / 2;

/** A store of spans of one trace, of which only those in a time are given at once. */
class ListedStore implements DependencyStore {
  readonly written = new Map<Micros, readonly DependencyLink[]>();
  readonly spans: CallSpan[] = [];
  wholeTraces = 0;
  readonly calls: CallSource = {
    traces: (from, until) => this.traces(from, until),
    trace: async () => {
      this.wholeTraces++;
      return this.spans;
    },
    newest: async (since) => {
      const times = [...this.written.keys()].filter((time) => time > since);
      return times.length === 0 ? undefined : Math.max(...times);
    },
  };

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    this.written.set(timestamp, links);
  }

  async read(): Promise<DependencyLink[]> {
    return [...this.written.values()].flat();
  }

  call(service: string, id: string, parent: string | undefined, hour: number): void {
    const startTime = NOW - SLICE / 2 + hour * SLICE;
    const parentIds = parent === undefined ? [] : [parent];
    this.spans.push({ spanId: id, parentIds, serviceName: service, spanKind: '', startTime });
  }

  private async *traces(from: Micros, until: Micros): AsyncGenerator<TraceCalls> {
    const spans = this.spans.filter(({ startTime }) => startTime >= from && startTime < until);
    if (spans.length > 0) yield { traceId: 'a', spans, isWhole: false };
  }
}

function count(store: DependencyStore | undefined) {
  const hours = { lookback: 2 * SLICE, lateness: SLICE };
  return countDependencies({ dependencies: store, now: NOW, ...hours, logger: silentLogger });
}

test('each call is in the hour in which it began, also if its parent began in another', async () => {
  const store = new ListedStore();
  store.call('a', '1', undefined, -1);
  store.call('b', '2', '1', -1);
  store.call('c', '3', '1', 0);
  expect(await count(store)).toEqual({ slices: 3, calls: 2 });
  const links = [...store.written.values()];
  expect(links).toEqual([
    [],
    [{ parent: 'a', child: 'b', callCount: 1 }],
    [{ parent: 'a', child: 'c', callCount: 1 }],
  ]);
  expect(store.wholeTraces).toBe(1);
});

test('a second run changes nothing but for what has come since', async () => {
  const store = new ListedStore();
  store.call('a', '1', undefined, -1);
  store.call('b', '2', '1', -1);
  await count(store);
  const once = await store.read();
  expect(await count(store)).toEqual({ slices: 2, calls: 1 });
  expect(await store.read()).toEqual(once);
  store.call('late', '3', '2', -1);
  await count(store);
  expect(await store.read()).toEqual([...once, { parent: 'b', child: 'late', callCount: 1 }]);
});

test('where this job cannot count it says who does', async () => {
  const read = async () => [];
  const write = async () => {};
  for (const store of [undefined, { read, write }]) {
    const counting = expect(count(store)).rejects;
    await counting.toMatchObject({ code: 'unsupported' });
    await counting.toThrow(/behind grpc, run it where the store is, .*count by themselves$/);
  }
});
