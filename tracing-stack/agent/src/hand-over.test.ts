import { captures } from '@spoor/fixtures';
import { createMetrics } from '@spoor/platform';
import { decodeAgentCall } from '@spoor/wire';
import { expect, test } from 'vitest';
import { reporterMetrics } from './agent-metrics.ts';
import { HandOver } from './hand-over.ts';

const BATCH = decodeAgentCall(captures(6831)[0]?.bytes as Uint8Array);

test('what comes within a while goes on together, and what comes later the next time', async () => {
  let group = 0;
  const groups: number[] = [];
  const handOver = new HandOver({
    delivery: {
      add(_call, _spans, release) {
        // All that is added before anything else has its turn is one group.
        if (groups.at(-1) !== group) setImmediate(() => group++);
        groups.push(group);
        release();
      },
    },
    metrics: reporterMetrics(createMetrics(), 'in-process'),
    tags: [],
    queueBytes: 1,
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
