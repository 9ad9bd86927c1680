import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLogger, createMetrics } from '@spoor/platform';
import { compactBatch, type EncodedBatch } from '@spoor/wire';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reporterMetrics } from './agent-metrics.ts';
import type { BatchSink } from './batch-sink.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { DiskQueue } from './queue/disk-queue.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';
import { SinkError, type SinkErrorCode } from './sink-error.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

let directory: string;
const open: { close(): unknown }[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-delivery-'));
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await rm(directory, { recursive: true, force: true });
});

/** Takes batches, or answers with `state`; `hold` leaves them without an answer. */
class ObedientSink implements BatchSink {
  readonly maxCalls: number;
  state: SinkErrorCode | 'ok' | 'hold' = 'ok';
  readonly taken: number[] = [];
  calls = 0;
  most = 0;
  private underWay = 0;
  private held: ((error?: Error) => void)[] = [];

  constructor(maxCalls = 4) {
    this.maxCalls = maxCalls;
  }

  async deliver(batch: EncodedBatch): Promise<void> {
    this.calls++;
    this.most = Math.max(this.most, ++this.underWay);
    try {
      await new Promise<void>((resolve, reject) => {
        if (this.state !== 'hold') resolve();
        else this.held.push((error) => (error ? reject(error) : resolve()));
      });
      if (this.state !== 'ok') throw new SinkError(this.state as SinkErrorCode, 'as told');
      this.taken.push(Buffer.from(batch.bytes).readUInt32BE(0));
    } finally {
      this.underWay--;
    }
  }

  async close(): Promise<void> {
    this.state = 'closed';
    for (const end of this.held.splice(0)) end(new SinkError('closed', 'closed'));
  }

  resume(): void {
    this.state = 'ok';
    for (const end of this.held.splice(0)) end();
  }
}

function start(sink: BatchSink, options: Partial<DeliveryOptions> = {}) {
  const metrics = createMetrics();
  const lines: { msg: string }[] = [];
  const logger = createLogger({
    name: 'agent',
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  const delivery = new Delivery({
    sink,
    metrics: reporterMetrics(metrics, 'grpc'),
    warnings: new RepeatedWarnings(logger),
    logger,
    minBackoffMs: 1,
    maxBackoffMs: 5,
    spillAfterMs: 20,
    ...options,
  });
  delivery.start();
  let released = 0;
  return {
    delivery,
    lines,
    get released() {
      return released;
    },
    add(...numbers: number[]) {
      for (const number of numbers) {
        const bytes = Buffer.alloc(100, 7);
        bytes.writeUInt32BE(number);
        delivery.add({ model: 'jaeger', batch: compactBatch(bytes) }, 1, () => {
          released++;
        });
      }
    },
    counted: async (line: string) => expect(await metrics.text()).toContain(line),
  };
}

const disk = (maxBytes = 1e7) => DiskQueue.open({ directory, maxBytes, segmentBytes: 2000 });
const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe('in memory', () => {
  test('batches go at once, as many as the sink wants', async () => {
    const sink = new ObedientSink();
    const { add, delivery, counted } = start(sink);
    add(...range(0, 100));
    await delivery.close(AbortSignal.timeout(SOON));
    expect(sink.taken).toEqual(range(0, 100));
    expect(sink.most).toBe(4);
    await counted(
      'jaeger_agent_reporter_spans_submitted_total{protocol="grpc",format="jaeger"} 100',
    );
  });

  test('while no collector takes them they wait, one is tried, and then they go in order', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const { add, delivery } = start(sink);
    add(...range(0, 50));
    await vi.waitFor(() => expect(sink.calls).toBeGreaterThan(20), SOON);
    sink.most = 0;
    const { calls } = sink;
    await vi.waitFor(() => expect(sink.calls).toBeGreaterThan(calls + 5), SOON);
    expect(sink.most).toBe(1);
    sink.state = 'ok';
    await delivery.close(AbortSignal.timeout(SOON));
    expect(sink.taken).toEqual(range(0, 50));
  });

  test('with a bound on that, a batch is given up at it', async () => {
    const sink = new ObedientSink(1);
    sink.state = 'again';
    const { add, counted, delivery } = start(sink, { maxRetries: 2 });
    add(1);
    await vi.waitFor(() => expect(delivery.length).toBe(0), SOON);
    expect(sink.calls).toBe(3);
    await counted(
      'jaeger_agent_reporter_batches_failures_total{protocol="grpc",format="jaeger"} 1',
    );
    await delivery.close(AbortSignal.timeout(0));
  });

  test('what is refused for good is given up, and the next one goes', async () => {
    const sink = new ObedientSink(1);
    sink.state = 'refused';
    const { add, counted, delivery, lines } = start(sink);
    add(1);
    await vi.waitFor(() => expect(delivery.length).toBe(0), SOON);
    sink.state = 'ok';
    add(2);
    await delivery.close(AbortSignal.timeout(SOON));
    expect(sink.taken).toEqual([2]);
    expect(lines.map(({ msg }) => msg)).toContain('batch given up');
    await counted('jaeger_agent_reporter_spans_failures_total{protocol="grpc",format="jaeger"} 1');
  });

  test('closed without a collector, what is left is told and counted', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const { add, counted, delivery, lines } = start(sink);
    add(...range(0, 7));
    await expect(delivery.close(AbortSignal.timeout(20))).rejects.toThrow(
      '[agent] lost 7 spans in 7 batches: not delivered',
    );
    expect(lines.at(-1)).toMatchObject({ batches: 7, spans: 7 });
    await counted(
      'jaeger_agent_reporter_batches_failures_total{protocol="grpc",format="jaeger"} 7',
    );
  });
});

test('the process stays up while a closed sink owes an answer, though nothing else keeps it', async () => {
  const sink = { deliver: () => new Promise<never>(() => {}), close: async () => {} };
  const { add, delivery } = start(sink);
  add(...range(0, 1));
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const closed = delivery.close(AbortSignal.abort());
  await nextTurn();
  const kept = timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef());
  timers.mockRestore();
  expect(kept).toEqual([true]);
  await expect(closed).rejects.toThrow('[agent] lost 1 spans in 1 batches: not delivered');
});

describe('on disk', () => {
  test('an outage with thousands of batches loses none, and their order stays', async () => {
    const sink = new ObedientSink();
    const queue = await disk();
    const running = start(sink, { disk: queue });
    running.add(...range(0, 10));
    await vi.waitFor(() => expect(sink.taken).toHaveLength(10), SOON);
    sink.state = 'again';
    for (let i = 0; i < 30; i++) {
      running.add(...range(10 + 100 * i, 100));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await vi.waitFor(() => expect(running.released).toBe(3010), SOON);
    expect(queue.bytes).toBeGreaterThan(300_000);
    expect(running.delivery.length).toBeLessThanOrEqual(1);
    sink.state = 'ok';
    await vi.waitFor(() => expect(sink.taken).toHaveLength(3010), SOON);
    expect(sink.taken).toEqual(range(0, 3010));
    expect(queue.bytes).toBe(0);
    await running.delivery.close(AbortSignal.timeout(SOON));
  });

  test('what comes while the disk is emptied goes behind it', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const running = start(sink, { disk: await disk() });
    running.add(...range(0, 500));
    await vi.waitFor(() => expect(running.released).toBe(500), SOON);
    sink.state = 'ok';
    for (let i = 0; i < 50; i++) {
      running.add(...range(500 + 10 * i, 10));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(sink.taken).toHaveLength(1000), SOON);
    expect(sink.taken).toEqual(range(0, 1000));
    await running.delivery.close(AbortSignal.timeout(SOON));
  });

  test('what waits at the end is delivered by the next run, what was under way among it', async () => {
    const sink = new ObedientSink();
    sink.state = 'hold';
    const first = start(sink, { disk: await disk(), spillAfterMs: 3_600_000 });
    first.add(...range(0, 300));
    await vi.waitFor(() => expect(sink.calls).toBe(4), SOON);
    await first.delivery.close(AbortSignal.timeout(20));
    expect(first.delivery.length).toBe(0);
    const next = new ObedientSink();
    const second = start(next, { disk: await disk() });
    second.add(...range(300, 20));
    await vi.waitFor(() => expect(next.taken).toHaveLength(320), SOON);
    expect(next.taken).toEqual(range(0, 320));
    await second.delivery.close(AbortSignal.timeout(SOON));
  });

  test('a run that was killed loses no more than was not written yet', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const queue = await disk();
    const killed = start(sink, { disk: queue });
    killed.add(...range(0, 100));
    await vi.waitFor(() => expect(killed.released).toBe(100), SOON);
    // Nothing of the first run is ever called again; its lock goes with its process.
    await rm(join(directory, 'writer.lock'));
    const next = new ObedientSink();
    const { delivery } = start(next, { disk: await disk() });
    await vi.waitFor(() => expect(next.taken).toHaveLength(100), SOON);
    expect(next.taken).toEqual(range(0, 100));
    await delivery.close(AbortSignal.timeout(SOON));
    await killed.delivery.close(AbortSignal.timeout(0));
  });

  test('a full disk leaves the rest in memory, and is filled again when there is room', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const running = start(sink, { disk: await disk(5000) });
    running.add(...range(0, 100));
    await vi.waitFor(() => expect(running.released).toBeGreaterThan(30), SOON);
    expect(running.released).toBeLessThan(60);
    sink.state = 'ok';
    await vi.waitFor(() => expect(sink.taken).toHaveLength(100), SOON);
    expect(sink.taken).toEqual(range(0, 100));
    await running.delivery.close(AbortSignal.timeout(SOON));
  });

  test('more than may be in memory goes to the disk at once', async () => {
    const sink = new ObedientSink();
    sink.state = 'hold';
    const running = start(sink, { disk: await disk(), spillAfterMs: 3_600_000, spillBytes: 500 });
    running.add(...range(0, 50));
    await vi.waitFor(() => expect(running.released).toBeGreaterThan(30), SOON);
    sink.resume();
    await vi.waitFor(() => expect(sink.taken).toHaveLength(50), SOON);
    expect(sink.taken).toEqual(range(0, 50));
    await running.delivery.close(AbortSignal.timeout(SOON));
  });

  test('a file that has gone is counted and told of, and the rest is delivered', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    let lost = 0;
    const lostBytes = {
      inc(bytes: number) {
        lost += bytes;
      },
    };
    const running = start(sink, { disk: await disk(), lostBytes });
    running.add(...range(0, 100));
    await vi.waitFor(() => expect(running.released).toBe(100), SOON);
    const names = (await readdir(directory)).filter((name) => name.endsWith('.batches')).sort();
    expect(names.length).toBeGreaterThan(2);
    await rm(join(directory, names[1] as string));
    sink.state = 'ok';
    await vi.waitFor(() => expect(sink.taken).toContain(99), SOON);
    await running.delivery.close(AbortSignal.timeout(SOON));
    expect(lost).toBe((100 - sink.taken.length) * (100 + 15));
    expect(lost).toBeGreaterThan(0);
    expect(running.lines.map(({ msg }) => msg)).toContain('a file of the queue cannot be read');
  });

  test('a step of the clock does not keep batches in memory', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const sink = new ObedientSink();
      sink.state = 'again';
      const running = start(sink, { disk: await disk() });
      running.add(...range(0, 10));
      vi.setSystemTime(Date.now() - 3_600_000);
      await vi.waitFor(() => expect(running.released).toBe(10), SOON);
      await running.delivery.close(AbortSignal.timeout(SOON));
    } finally {
      vi.useRealTimers();
    }
  });

  test('at the end what is lost is counted also if a file that was delivered does not go', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    // Room for two.
    const running = start(sink, { disk: await disk(250) });
    running.add(1, 2);
    await vi.waitFor(() => expect(running.released).toBe(2), SOON);
    sink.state = 'hold';
    const { calls } = sink;
    await vi.waitFor(() => expect(sink.calls).toBeGreaterThan(calls), SOON);
    const [name] = (await readdir(directory)).filter((one) => one.endsWith('.batches'));
    const path = join(directory, name as string);
    await rm(path);
    await mkdir(path);
    sink.resume();
    await vi.waitFor(() => expect(sink.taken).toEqual([1, 2]), SOON);
    await vi.waitFor(
      () => expect(running.lines.map(({ msg }) => msg)).toContain('the queue on disk fails'),
      SOON,
    );
    sink.state = 'again';
    running.add(3, 4, 5);
    const closed = running.delivery.close(AbortSignal.timeout(20));
    await expect(closed).rejects.toThrow('[agent] lost 3 spans in 3 batches: not delivered');
    await running.counted(
      'jaeger_agent_reporter_batches_failures_total{protocol="grpc",format="jaeger"} 3',
    );
    expect(running.released).toBe(5);
    // The folder was given back, and what was delivered is noted.
    await rmdir(path);
    const next = await disk();
    expect(next.hasUnread).toBe(false);
    await next.close();
  });

  test('a disk that fails is told of, and what it should have held is delivered from memory', async () => {
    const sink = new ObedientSink();
    sink.state = 'again';
    const running = start(sink, { disk: await disk() });
    await rm(directory, { recursive: true });
    running.add(...range(0, 20));
    await vi.waitFor(
      () =>
        expect(running.lines.map(({ msg }) => msg)).toContain(
          'batches cannot be written to disk, and stay in memory',
        ),
      SOON,
    );
    sink.state = 'ok';
    await vi.waitFor(() => expect(sink.taken).toHaveLength(20), SOON);
    expect(sink.taken).toEqual(range(0, 20));
    await running.delivery.close(AbortSignal.timeout(SOON)).catch(() => undefined);
  });
});
