import { createLogger, createMetrics } from '@spoor/platform';
import { decodeOtlpProto, type EncodedBatch } from '@spoor/wire';
import { expect, test, vi } from 'vitest';
import { rootSpans, unreadable } from '../testing/root-spans.ts';
import type { Backend } from './backend.ts';
import { forwardMetrics } from './forward-metrics.ts';
import { Forwarder } from './forwarder.ts';

/** A backend that takes nothing until it is opened. */
function closedBackend() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const taken: string[][] = [];
  const backend: Backend = {
    async post(request) {
      await opened;
      taken.push(
        decodeOtlpProto(request)
          .spans()
          .map(({ operationName }) => operationName),
      );
      return 0;
    },
    close: () => undefined,
  };
  return { backend, taken, open };
}

test('a batch that cannot be written for the backend is refused and gives its room back, and those beside it go on', async () => {
  const { backend, taken, open } = closedBackend();
  const metrics = createMetrics();
  const lines: { spans: number; reason: string }[] = [];
  const forwarder = new Forwarder({
    backend,
    queueBytes: 1e6,
    whenFull: 'refuse',
    tags: [],
    metrics: forwardMetrics(metrics),
    logger: createLogger({
      name: 'collector',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
  });
  const add = (batch: EncodedBatch) => forwarder.reserve(batch, batch.index().count).forward();
  // As many as may be under way: what comes behind them waits, and goes together.
  for (let i = 0; i < 4; i++) add(rootSpans('first', 1, []));
  add(rootSpans('before', 1, []));
  add(unreadable(rootSpans('bad', 2, [])));
  add(rootSpans('behind', 1, []));
  open();
  await vi.waitFor(() => expect(taken.flat().slice(4)).toEqual(['before', 'behind']), 10_000);
  await forwarder.close(AbortSignal.timeout(10_000));
  const text = await metrics.text();
  expect(text).toContain('spoor_collector_forward_spans_total{result="refused"} 2');
  expect(text).toContain('spoor_collector_forward_spans_total{result="ok"} 6');
  expect(text).toContain('spoor_collector_forward_queue_bytes 0');
  expect(lines).toMatchObject([{ spans: 2, reason: 'spans that cannot be read' }]);
});
