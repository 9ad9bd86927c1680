import { captures } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { decodeAgentCall } from '@spoor/wire';
import { expect, test } from 'vitest';
import { reporterMetrics } from './agent-metrics.ts';
import { HandOver } from './hand-over.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';

const BATCH = decodeAgentCall(captures(6831)[0]?.bytes as Uint8Array);

test('what comes within a while goes to the sink together, and what comes later the next time', async () => {
  const logger = createLogger({ name: 'agent', level: 'silent' });
  let group = 0;
  const groups: number[] = [];
  const handOver = new HandOver({
    sink: {
      async deliver() {
        // All that is delivered before anything else has its turn is one group.
        if (groups.at(-1) !== group) setImmediate(() => group++);
        groups.push(group);
      },
      close: async () => undefined,
    },
    metrics: reporterMetrics(createMetrics(), 'in-process'),
    warnings: new RepeatedWarnings(logger, Date.now),
    logger,
    tags: [],
    queueBytes: 1,
    gatherMs: 5,
  });
  const deliver = () => handOver.deliver(BATCH, 0);
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(groups).toEqual([0, 0, 0]);
  await deliver();
  expect(groups).toEqual([0, 0, 0, 1]);
});
