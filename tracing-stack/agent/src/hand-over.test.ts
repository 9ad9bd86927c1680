import { captures } from '@spoor/fixtures';
import { createLogger, createMetrics, type Metrics } from '@spoor/platform';
import { decodeAgentCall } from '@spoor/wire';
import { expect, test } from 'vitest';
import { reporterMetrics } from './agent-metrics.ts';
import { HandOver, type HandOverOptions } from './hand-over.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';

const BATCH = decodeAgentCall(captures(6831)[0]?.bytes as Uint8Array);

function start(options: Partial<HandOverOptions>, metrics: Metrics = createMetrics()) {
  return new HandOver({
    delivery: { add: (_call, _spans, release) => release() },
    metrics: reporterMetrics(metrics, 'in-process'),
    warnings: new RepeatedWarnings(createLogger({ name: 'agent', level: 'silent' })),
    tags: [],
    queueBytes: 1000,
    gatherMs: 1,
    ...options,
  });
}

test('what comes within a while goes on together, and what comes later the next time', async () => {
  let group = 0;
  const groups: number[] = [];
  const handOver = start({
    delivery: {
      add(_call, _spans, release) {
        // All that is added before anything else has its turn is one group.
        if (groups.at(-1) !== group) setImmediate(() => group++);
        groups.push(group);
        release();
      },
    },
    gatherMs: 5,
  });
  const deliver = () => handOver.deliver(BATCH, 0);
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(groups).toEqual([0, 0, 0]);
  const last = deliver();
  await handOver.gatheredAll();
  expect(groups).toEqual([0, 0, 0, 1]);
  await last;
});

test('a batch that cannot be given the tags of the agent is counted as lost, and makes room', async () => {
  const metrics = createMetrics();
  const handOver = start({ tags: [{ key: 'region', type: 'string', value: 'eu' }] }, metrics);
  const batch = {
    encoding: BATCH.batch.encoding,
    bytes: BATCH.batch.bytes,
    index: () => BATCH.batch.index(),
    spans() {
      throw new Error('not to be decoded');
    },
  };
  expect(handOver.admit(100)).toBe(true);
  await handOver.deliver({ model: 'jaeger', batch }, 100);
  expect(handOver.bytes).toBe(0);
  const spans = batch.index().count;
  expect(await metrics.text()).toContain(
    `jaeger_agent_reporter_spans_failures_total{protocol="in-process",format="jaeger"} ${spans}`,
  );
});
