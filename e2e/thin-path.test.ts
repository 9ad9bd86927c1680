import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AllInOneOptions, FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { initTracer } from '@spoor/client';
import { createLogger } from '@spoor/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const STORES: Readonly<Record<string, () => AllInOneOptions['storage']>> = {
  embedded: () => ({ embedded: { directory } }),
  memory: () => ({ type: 'memory' }),
};

test.each(Object.keys(STORES))(
  'a span goes from the tracer over UDP into the %s store and out as JSON',
  async (store) => {
    const stack = await startAllInOne({
      ports: FREE_PORTS,
      storage: STORES[store]?.() ?? expect.fail(store),
      logger: createLogger({ name: 'thin', level: 'silent' }),
    });
    try {
      const tracer = initTracer({
        serviceName: 'thin',
        sampler: { type: 'const', param: 1 },
        reporter: { agentPort: stack.ports.agentCompact },
      });
      const span = tracer.startSpan('first-span');
      span.setTag('way', 'whole');
      span.finish();
      await tracer.close();
      const { traceId } = span.context();
      const trace = await vi.waitFor(async () => {
        const answer = await fetch(`${stack.queryUrl}/api/traces/${traceId}`);
        expect(answer.status).toBe(200);
        return ((await answer.json()) as { data: [{ spans: object[] }] }).data[0];
      }, SOON);
      expect(trace.spans).toMatchObject([{ operationName: 'first-span' }]);
    } finally {
      await stack.close();
    }
  },
);
