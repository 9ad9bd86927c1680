import { createMetrics } from '@spoor/platform';
import { beforeEach, expect, test } from 'vitest';
import { ClientStats } from './client-stats.ts';

const HOUR = 60 * 60 * 1000;
let metrics: ReturnType<typeof createMetrics>;
let stats: ClientStats;
let now: number;

beforeEach(() => {
  metrics = createMetrics();
  now = HOUR;
  stats = new ClientStats(metrics, () => now);
});

function batch(uuid: string, seqNo: number) {
  const dropped = { fullQueue: seqNo, tooLarge: 2 * seqNo, sendFailure: 3 * seqNo };
  stats.note({ uuid, seqNo, dropped });
}

async function shown(): Promise<Record<string, number>> {
  const lines = (await metrics.text()).matchAll(/^jaeger_agent_client_stats_(\S+) (\d+)$/gm);
  return Object.fromEntries(Array.from(lines, ([, name, value]) => [name, Number(value)]));
}

test('numbers are shown from the start', async () => {
  expect(await shown()).toEqual({
    batches_received_total: 0,
    batches_sent_total: 0,
    connected_clients: 0,
    'spans_dropped_total{cause="full-queue"}': 0,
    'spans_dropped_total{cause="too-large"}': 0,
    'spans_dropped_total{cause="send-failure"}': 0,
  });
});

test('what two clients say is counted as a real agent counted it: not the first, not what was overtaken', async () => {
  for (const uuid of ['u1', 'u2']) for (const seqNo of [5, 6, 9, 8]) batch(uuid, seqNo);
  expect(await shown()).toEqual({
    batches_received_total: 8,
    batches_sent_total: 8,
    connected_clients: 2,
    'spans_dropped_total{cause="full-queue"}': 8,
    'spans_dropped_total{cause="too-large"}': 16,
    'spans_dropped_total{cause="send-failure"}': 24,
  });
});

test('a client that counts batches and tells no losses has its batches counted', async () => {
  stats.note({ uuid: 'u1', seqNo: 1 });
  batch('u1', 2);
  stats.note({ uuid: 'u1', seqNo: 3 });
  batch('u1', 4);
  const { batches_sent_total: sent, ...rest } = await shown();
  expect([sent, rest['spans_dropped_total{cause="full-queue"}']]).toEqual([3, 4]);
});

test('a client that says less than before takes nothing back', async () => {
  batch('u1', 9);
  stats.note({ uuid: 'u1', seqNo: 10, dropped: { fullQueue: 0, tooLarge: 0, sendFailure: 0 } });
  expect((await shown())['spans_dropped_total{cause="full-queue"}']).toBe(0);
});

test('a client that said nothing for an hour is gone', async () => {
  batch('u1', 1);
  now += HOUR / 2;
  batch('u2', 1);
  now += HOUR / 2 + 1;
  expect((await shown())['connected_clients']).toBe(1);
  batch('u1', 5);
  expect((await shown())['batches_sent_total']).toBe(0);
});

test('names without end take no memory without end', async () => {
  for (let i = 0; i < 10_005; i++) batch(`u${i}`, 1);
  batch('x'.repeat(65), 1);
  expect(await shown()).toMatchObject({
    connected_clients: 10_000,
    batches_received_total: 10_005,
  });
});
