import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, PortHeldError } from '@spoor/platform';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AllInOne, type AllInOneOptions, startAllInOne } from './all-in-one.ts';
import { FREE_PORTS } from './all-in-one-ports.ts';

let directory = '';
let running: AllInOne[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-all-in-one-'));
});
afterEach(async () => {
  for (const stack of running) await stack.close();
  running = [];
  await rm(directory, { recursive: true });
});

async function start(options: Partial<AllInOneOptions> = {}): Promise<AllInOne> {
  const stack = await startAllInOne({
    storage: { embedded: { directory } },
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
    ...options,
    ports: { ...FREE_PORTS, ...options.ports },
  });
  running.push(stack);
  return stack;
}

test('health and metrics are served on the ports of all three components', async () => {
  const { ports } = await start();
  for (const port of [ports.agentAdmin, ports.collectorAdmin, ports.queryAdmin]) {
    const health = await fetch(`http://127.0.0.1:${port}/`);
    expect(await health.json()).toMatchObject({ status: 'Server available' });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('jaeger_agent_thrift_udp_server_packets_processed_total');
  }
});

test('the query API answers at its address, below the base path', async () => {
  const { queryUrl } = await start({ query: { basePath: '/jaeger' } });
  expect(queryUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/jaeger$/);
  const answer = await fetch(`${queryUrl}/api/services`);
  expect(answer.status).toBe(200);
});

describe('a held port is refused with who holds it, and the store is free again', () => {
  const rows = {
    collectorAdmin: ['all-in-one', 'admin.http.host-port'],
    agentAdmin: ['agent', 'agent.admin.http.host-port'],
    queryAdmin: ['query', 'query.admin.http.host-port'],
    queryHttp: ['query', 'query.http-server.host-port'],
    queryGrpc: ['query', 'query.grpc-server.host-port'],
    collectorGrpc: ['collector', 'collector.grpc-server.host-port'],
    collectorHttp: ['collector', 'collector.http-server.host-port'],
    collectorTchannel: ['collector', 'collector.port'],
    collectorZipkin: ['collector', 'collector.zipkin.host-port'],
    collectorOtlpGrpc: ['collector', 'collector.otlp.grpc.host-port'],
    collectorOtlpHttp: ['collector', 'collector.otlp.http.host-port'],
  } as const;

  test.each(Object.entries(rows))('%s', async (name, [component, flag]) => {
    const first = await start({
      storage: { embedded: { directory: join(directory, 'first') } },
      ports: { [name]: 0 },
    });
    const port = first.ports[name as keyof typeof rows];
    const error = await start({ ports: { [name]: port } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PortHeldError);
    const { message } = error as PortHeldError;
    expect(message).toContain(
      `[${component}] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
    );
    expect(message).toMatch(new RegExp(`; stop it, or choose another port with --${flag}$`));
    await start();
  });

  test.each(['agentCompact', 'agentBinary', 'agentZipkin'] as const)('%s', async (name) => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();
    await expect(start({ ports: { [name]: port } })).rejects.toThrow(
      `[agent] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
    );
    other.close();
    await start({ ports: { [name]: port } });
  });
});

test('a second one on the same store is refused with who uses it', async () => {
  await start();
  await expect(start()).rejects.toThrow(`in use by pid ${process.pid}`);
});
