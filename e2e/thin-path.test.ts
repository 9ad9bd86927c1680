import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAllInOne } from '@spoor/all-in-one';
import { initTracer } from '@spoor/client';
import { expect, test, vi } from 'vitest';

test('a span goes from the tracer over UDP into the store and out as JSON', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-'));
  const stack = await startAllInOne({ directory, agentPort: 0, queryPort: 0 });
  const tracer = initTracer({
    serviceName: 'thin',
    sampler: { type: 'const', param: 1 },
    reporter: { agentPort: stack.agentPort, flushIntervalMs: 50 },
  });
  const span = tracer.startSpan('first-span');
  span.setTag('way', 'whole');
  span.finish();
  const { traceId } = span.context();
  const trace = await vi.waitFor(async () => {
    const answer = await fetch(`http://127.0.0.1:${stack.queryPort}/api/traces/${traceId}`);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: [{ spans: object[] }] }).data[0];
  });
  expect(trace.spans).toMatchObject([{ operationName: 'first-span' }]);
  await tracer.close();
  await stack.close();
  await rm(directory, { recursive: true });
});
