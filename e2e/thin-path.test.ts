import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAllInOne } from '@spoor/all-in-one';
import { initTracer } from '@spoor/client';
import { createLogger } from '@spoor/platform';
import { expect, test, vi } from 'vitest';

test('a span goes from the tracer over UDP into the store and out as JSON', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-'));
  const stack = await startAllInOne({
    ports: {
      agentCompact: 0,
      agentBinary: 0,
      agentAdmin: 0,
      collectorGrpc: 0,
      collectorHttp: 0,
      collectorAdmin: 0,
      queryHttp: 0,
      queryAdmin: 0,
    },
    storage: { embedded: { directory } },
    logger: createLogger({ name: 'thin', level: 'silent' }),
  });
  const tracer = initTracer({
    serviceName: 'thin',
    sampler: { type: 'const', param: 1 },
    reporter: { agentPort: stack.ports.agentCompact, flushIntervalMs: 50 },
  });
  const span = tracer.startSpan('first-span');
  span.setTag('way', 'whole');
  span.finish();
  const { traceId } = span.context();
  const trace = await vi.waitFor(async () => {
    const answer = await fetch(`${stack.queryUrl}/api/traces/${traceId}`);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { data: [{ spans: object[] }] }).data[0];
  });
  expect(trace.spans).toMatchObject([{ operationName: 'first-span' }]);
  await tracer.close();
  await stack.close();
  await rm(directory, { recursive: true });
});
