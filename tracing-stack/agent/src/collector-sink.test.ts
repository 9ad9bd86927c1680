import { captures } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { decodeEmitBatch } from '@spoor/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ReporterOptions } from './collector-reporter.ts';
import { grpcReporter } from './grpc-reporter.ts';
import { tchannelReporter } from './tchannel/tchannel-reporter.ts';
import { type FakeAnswer, fakeCollector } from './testing/fake-collector.ts';

const BATCH = decodeEmitBatch(
  captures(6831).find(({ name }) => name.startsWith('go-kitchen-udp/'))?.bytes as Uint8Array,
);
const host = '127.0.0.1';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const WAYS = [
  {
    protocol: 'grpc',
    reporter: grpcReporter,
    codes: {
      full: 'RESOURCE_EXHAUSTED',
      refused: 'INVALID_ARGUMENT',
      away: 'UNAVAILABLE',
      late: 'DEADLINE_EXCEEDED',
    },
  },
  {
    protocol: 'tchannel',
    reporter: tchannelReporter,
    codes: { full: 'busy', refused: 'badRequest', away: 'network', late: 'timeout' },
  },
] as const;

describe.each(WAYS)('over $protocol', ({ protocol, reporter, codes }) => {
  async function collector(answers: FakeAnswer[] = [], port = 0) {
    const started = await fakeCollector(protocol, answers, port);
    open.push(started);
    return started;
  }

  function startSink(ports: number[], options: Partial<ReporterOptions> = {}) {
    const metrics = createMetrics();
    const { sink } = reporter({
      collectors: ports.map((port) => ({ host, port })),
      logger: createLogger({ name: 'agent', level: 'silent' }),
      metrics,
      minBackoffMs: 1,
      maxBackoffMs: 1,
      ...options,
    });
    open.push(sink);
    return { sink, counted: async (line: string) => expect(await metrics.text()).toContain(line) };
  }

  /** A port at which nobody is. */
  async function awayPort(): Promise<number> {
    const away = await fakeCollector(protocol);
    await away.close();
    return away.port;
  }

  test('a batch arrives as the spans that it held', async () => {
    const { port, taken } = await collector();
    const { sink, counted } = startSink([port]);
    await sink.deliver(BATCH);
    expect(taken.map((batch) => batch.spans())).toEqual([BATCH.spans()]);
    await counted(`jaeger_agent_connection_status_collector_connected{protocol="${protocol}"} 1`);
  });

  test('many at once each have their answer', async () => {
    const { port, taken } = await collector(['ok', 'refused', 'ok']);
    const { sink } = startSink([port]);
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => sink.deliver(BATCH)));
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(taken).toHaveLength(3);
  });

  test('an answer that may change says so', async () => {
    const { port } = await collector(['full']);
    const { sink, counted } = startSink([port]);
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'again' });
    await sink.deliver(BATCH);
    await counted(`spoor_agent_reporter_retries_total{code="${codes.full}"} 1`);
  });

  test('an answer for good is told with the words of the collector', async () => {
    const { port } = await collector(['refused']);
    const { sink } = startSink([port]);
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({
      code: 'refused',
      message: `[agent] 127.0.0.1:${port} answered ${codes.refused}: as told`,
    });
    await sink.deliver(BATCH);
  });

  test('no answer in time may be another time', async () => {
    const { port } = await collector(['silence']);
    const { sink, counted } = startSink([port], { callTimeoutMs: 100 });
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'again' });
    await counted(`spoor_agent_reporter_retries_total{code="${codes.late}"} 1`);
  });

  test('a collector that comes back is found', async () => {
    const port = await awayPort();
    const { sink, counted } = startSink([port]);
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'again' });
    await counted(`spoor_agent_reporter_retries_total{code="${codes.away}"} 1`);
    const { taken } = await collector([], port);
    while (taken.length === 0) await sink.deliver(BATCH).catch(() => undefined);
    await counted(`jaeger_agent_connection_status_collector_connected{protocol="${protocol}"} 1`);
  });

  test('connections are counted, those that broke and were made again too', async () => {
    const reconnects = `jaeger_agent_connection_status_collector_reconnects_total{protocol="${protocol}"}`;
    const first = await collector();
    const { sink, counted } = startSink([first.port]);
    await counted(`${reconnects} 0`);
    await sink.deliver(BATCH);
    await sink.deliver(BATCH);
    await counted(`${reconnects} 1`);
    await first.close();
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'again' });
    await counted(`${reconnects} 1`);
    const { taken } = await collector([], first.port);
    while (taken.length === 0) await sink.deliver(BATCH).catch(() => undefined);
    await counted(`${reconnects} 2`);
  });

  test('two collectors share the batches', async () => {
    const both = [await collector(), await collector()];
    const { sink } = startSink(both.map(({ port }) => port));
    for (let i = 0; i < 6; i++) await sink.deliver(BATCH);
    expect(both.map(({ taken }) => taken.length)).toEqual([3, 3]);
  });

  test('of two the one that is there gets everything, and the other is left alone', async () => {
    const full = await collector(Array(50).fill('full'));
    const there = await collector();
    const { sink } = startSink([full.port, there.port, await awayPort()], {
      minBackoffMs: 3_600_000,
      maxBackoffMs: 3_600_000,
    });
    await Promise.all(Array.from({ length: 10 }, () => sink.deliver(BATCH)));
    expect(there.taken).toHaveLength(10);
    const { calls } = full;
    for (let i = 0; i < 10; i++) await sink.deliver(BATCH);
    expect(there.taken).toHaveLength(20);
    expect(full.calls).toBe(calls);
  });

  test('a step of the clock does not keep a collector waiting that is there again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const back = await collector(['full']);
      const there = await collector();
      const { sink } = startSink([back.port, there.port]);
      await sink.deliver(BATCH);
      expect(back.calls).toBe(1);
      vi.setSystemTime(Date.now() - 3_600_000);
      await vi.waitFor(async () => {
        await sink.deliver(BATCH);
        expect(back.taken).not.toHaveLength(0);
      }, 10_000);
    } finally {
      vi.useRealTimers();
    }
  });

  test('close ends what is under way', async () => {
    const answering = await collector(['silence']);
    const { sink } = startSink([answering.port]);
    const underWay = expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
    while (answering.calls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await sink.close();
    await underWay;
    await expect(sink.deliver(BATCH)).rejects.toMatchObject({ code: 'closed' });
  });
});
