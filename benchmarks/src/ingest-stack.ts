/** The process that `ingest.ts` measures: all-in-one on free ports and a store of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { createLogger, createMetrics } from '@spoor/platform';

export interface StackReport {
  readonly storedSpans: number;
  /** User and system, of the whole process. */
  readonly cpuMicros: number;
  readonly memoryBytes: number;
}

const directory = await mkdtemp(join(tmpdir(), 'spoor-bench-'));
const metrics = createMetrics();
const stack = await startAllInOne({
  ports: FREE_PORTS,
  storage: { type: 'embedded', embedded: { directory } },
  logger: createLogger({ name: 'bench', level: 'error' }),
  metrics,
});

process.on('message', async (message) => {
  if (message === 'report') {
    const { user, system } = process.cpuUsage();
    process.send?.({
      storedSpans: await storedSpans(),
      cpuMicros: user + system,
      memoryBytes: process.memoryUsage().rss,
    } satisfies StackReport);
    return;
  }
  await stack.close();
  await rm(directory, { recursive: true, force: true });
  process.exit(0);
});
process.send?.({ port: stack.ports.agentCompact });

async function storedSpans(): Promise<number> {
  const lines = /^jaeger_collector_spans_saved_by_svc_total\{.*result="ok".*\} (\d+)$/gm;
  const counts = Array.from((await metrics.text()).matchAll(lines), ([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}
