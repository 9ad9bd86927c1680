// The whole stack on free ports and a store of its own, which goes with it. Says its addresses as one line of JSON.
// A program and not a function: Playwright loads tests in its own way, and the stack is to run as it does for users.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { createLogger } from '@spoor/platform';

const directory = await mkdtemp(join(tmpdir(), 'spoor-browser-'));
const stack = await startAllInOne({
  ports: { ...FREE_PORTS, collectorZipkin: 0 },
  storage: { embedded: { directory } },
  // Microseconds, as --query.max-clock-skew-adjustment allows them.
  query: { maxClockSkew: Number(process.env['MAX_CLOCK_SKEW'] ?? 0) },
  logger: createLogger({ name: 'all-in-one', level: 'warn' }),
});
console.log(
  JSON.stringify({
    queryUrl: stack.queryUrl,
    ports: stack.ports,
    agentPort: stack.ports.agentCompact,
    otlpUrl: `http://127.0.0.1:${stack.ports.collectorOtlpHttp}`,
  }),
);

process.once('SIGTERM', async () => {
  await stack.close();
  await rm(directory, { recursive: true });
  process.exit();
});
// When the tests are killed, nobody sends a signal any more, but this pipe ends.
process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM'));
