// The whole stack on free ports and a store of its own, which goes with it. Says its addresses as one line of JSON.
// A program and not a function: Playwright loads tests in its own way, and the stack is to run as it does for users.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { createLogger, createMetrics } from '@spoor/platform';
import { startRemoteStorage } from '@spoor/remote-storage';
import { openEmbeddedStore } from '@spoor/storage-embedded';

const directory = await mkdtemp(join(tmpdir(), 'spoor-browser-'));
const logger = createLogger({ name: 'all-in-one', level: 'warn' });
const foreign = process.env['FOREIGN_STORE'] ? await startForeignStore() : undefined;
const { UI_DIRECTORY: uiDirectory } = process.env;
const stack = await startAllInOne({
  ports: { ...FREE_PORTS, collectorZipkin: 0 },
  storage: foreign?.storage ?? { embedded: { directory } },
  query: {
    // Microseconds, as --query.max-clock-skew-adjustment allows them.
    maxClockSkew: Number(process.env['MAX_CLOCK_SKEW'] ?? 0),
    basePath: process.env['BASE_PATH'] ?? '',
    ...(uiDirectory !== undefined && { uiDirectory }),
  },
  logger,
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
  await foreign?.close();
  await rm(directory, { recursive: true });
  process.exit();
});
// When the tests are killed, nobody sends a signal any more, but this pipe ends.
process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM'));

/** A storage that speaks Jaeger's protocol and nothing else. */
async function startForeignStore() {
  const store = await openEmbeddedStore({ directory });
  const grpc = { host: '127.0.0.1', port: 0 };
  const metrics = createMetrics();
  const server = await startRemoteStorage({ grpc, store, logger, metrics, ownProtocol: false });
  return {
    storage: {
      type: 'grpc' as const,
      grpc: { server: { host: '127.0.0.1', port: server.ports.grpc } },
    },
    async close() {
      await server.close();
      await store.close();
    },
  };
}
