import { createLogger, createMetrics, DoorBook } from '@spoor/platform';
import { expect, test } from 'vitest';
import { collectorMetrics } from './collector-metrics.ts';
import { SpanProcessor } from './span-processor.ts';
import { fakeStore } from './testing/fake-store.ts';
import { metricSum } from './testing/metric-sum.ts';
import { rootSpans, unreadable } from './testing/root-spans.ts';

test('what only watches the batches does not decide whether one is stored, or how its sender is answered', async () => {
  const store = fakeStore();
  const metrics = createMetrics();
  const lines: { msg: string; observer: string; reason: string }[] = [];
  const processor = new SpanProcessor({
    writer: store.writer,
    metrics: collectorMetrics(metrics),
    logger: createLogger({
      name: 'collector',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
    clock: () => 0,
    queueBytes: 1000,
    queueSpans: 1000,
    tags: [],
    doors: new DoorBook(() => 0),
    ports: {},
  });
  processor.onStored(() => {
    throw new Error('counted wrong');
  });
  // The book of doors asks it for its client's version.
  await processor.submit(unreadable(rootSpans('pay', 2, [])), 'jaeger', 'http');
  expect(store.written).toHaveLength(1);
  const text = await metrics.text();
  expect(text).toContain('spoor_collector_observer_errors_total{observer="doors"} 1');
  expect(text).toContain('spoor_collector_observer_errors_total{observer="sampling"} 1');
  expect(metricSum(text, 'jaeger_collector_spans_rejected_total')).toBe(0);
  expect(lines.map(({ observer, reason }) => [observer, reason])).toEqual([
    ['doors', 'spans that cannot be read'],
    ['sampling', 'counted wrong'],
  ]);
});
