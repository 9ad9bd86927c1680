import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captures } from '@spoor/fixtures';
import { expect, test, vi } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const KEPT = '--wire.memory-bytes=1000000';

interface List {
  readonly sources: readonly { readonly name: string; readonly error?: string }[];
  readonly messages: readonly {
    readonly source: number;
    readonly transport: string;
    readonly layout: string;
    readonly spanIds: readonly string[];
  }[];
}

test('the query service asks an agent and a collector for the messages that carried a trace', {
  timeout: 120_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-wire-'));
  try {
    await using collector = await startProgram(
      'collector',
      'grpcPort',
      KEPT,
      `--embedded.directory=${directory}`,
      `--collector.grpc-server.host-port=${FREE}`,
      `--collector.http-server.host-port=${FREE}`,
      `--collector.port=${FREE}`,
      `--collector.otlp.grpc.host-port=${FREE}`,
      `--collector.otlp.http.host-port=${FREE}`,
      `--admin.http.host-port=${FREE}`,
    );
    await using agent = await startProgram(
      'agent',
      'compactPort',
      KEPT,
      `--processor.jaeger-compact.server-host-port=${FREE}`,
      `--processor.jaeger-binary.server-host-port=${FREE}`,
      `--processor.zipkin-compact.server-host-port=${FREE}`,
      `--http-server.host-port=${FREE}`,
      `--reporter.grpc.host-port=127.0.0.1:${collector.port}`,
      `--reporter.queue.directory=${join(directory, 'queue')}`,
      `--admin.http.host-port=${FREE}`,
    );
    const admins = [agent, collector].map((one) => `127.0.0.1:${one.logged('adminPort')}`);
    await using query = await startProgram(
      'query',
      'port',
      `--embedded.directory=${directory}`,
      `--query.http-server.host-port=${FREE}`,
      `--query.grpc-server.host-port=${FREE}`,
      // The last one is nobody's.
      `--query.wire-sources=${[...admins, '127.0.0.1:1'].join(',')}`,
      `--admin.http.host-port=${FREE}`,
    );

    const packet = captures(6831).find(({ name }) => name.startsWith('go-seed-inner-udp/001'));
    const socket = createSocket('udp4');
    socket.send(packet?.bytes ?? '', agent.port, '127.0.0.1');
    const api = `http://127.0.0.1:${query.port}/api/wire/7f59d62bb390d34d`;
    const list = await vi.waitUntil(
      async () => {
        const read = (await (await fetch(api)).json()) as List;
        return read.messages.length === 2 && read;
      },
      { timeout: 60_000, interval: 200 },
    );
    socket.close();
    expect(list.sources.map(({ name }) => name)).toEqual([...admins, '127.0.0.1:1']);
    expect(list.sources.map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      expect.stringMatching(/ECONNREFUSED|bad port/),
    ]);
    const spanIds = ['0ce3d89fb247d562', '5a5bb5787d9c03d4'];
    expect(list.messages).toMatchObject([
      { source: 0, transport: 'udp', layout: 'thrift-compact-call', spanIds },
      { source: 1, transport: 'grpc', layout: 'jaeger-grpc', spanIds },
    ]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
