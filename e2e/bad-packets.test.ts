import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captures } from '@spoor/fixtures';
import { decodeAgentCall, decodeEmitBatch } from '@spoor/wire';
import {
  BATCH_STRUCTS,
  compactLayout,
  emitBatchCall,
  nestedBatch,
  seededRandom,
} from '@spoor/wire/testkit';
import { expect, test, vi } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const EMIT_BATCH = Buffer.concat([Buffer.from([0x82, 0x81, 0, 9]), Buffer.from('emitBatch')]);
/** Field 1 as struct, list, string; see docs/wire-formats.md. */
const STRUCT = 0x1c;
const LIST = 0x19;
const TEXT = 0x18;

/** Above the agent's own maximum, and then not even read. */
const TOO_LARGE = 65_000;

/** Packets most of which no agent can read. Of each capture a step of truncations; every single one is tried in wire's own tests. */
function strangePackets(): Uint8Array[] {
  const random = seededRandom(3);
  const truncations = captures(6831).flatMap(({ bytes }) => {
    const step = Math.ceil(bytes.length / 100);
    const lengths = Array.from({ length: Math.floor(bytes.length / step) }, (_, i) => i * step);
    return lengths.map((length) => bytes.subarray(0, length));
  });
  const noise = Array.from({ length: 200 }, (_, i) =>
    Uint8Array.from({ length: 5 * i }, () => random.below(256)),
  );
  // At the edge of what may be nested, wherever that stands. Of each service the agent decodes the first: the deepest.
  const nested = [65, 64, 63, 62].flatMap((depth) =>
    BATCH_STRUCTS.flatMap((where) =>
      (['process first', 'spans first'] as const).map((order) =>
        emitBatchCall(compactLayout, nestedBatch(compactLayout, where, depth, order)),
      ),
    ),
  );
  return [
    ...nested,
    ...truncations,
    ...noise,
    ...noise.map((bytes) => Buffer.concat([EMIT_BATCH, bytes])),
    Buffer.alloc(65_507, 0x42),
    Buffer.concat([EMIT_BATCH, Buffer.from([STRUCT, STRUCT, TEXT, 0xff, 0xff, 0xff, 0xff, 0x0f])]),
    Buffer.concat([EMIT_BATCH, Buffer.alloc(1000, STRUCT)]),
    Buffer.concat([EMIT_BATCH, Buffer.from([STRUCT]), Buffer.alloc(1000, LIST)]),
  ];
}

function isReadable(bytes: Uint8Array): boolean {
  try {
    decodeAgentCall(bytes);
    return bytes.length <= TOO_LARGE;
  } catch {
    return false;
  }
}

async function send(port: number, packets: readonly Uint8Array[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const packet of packets) {
    await new Promise<void>((resolve, reject) => {
      socket.send(packet, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }
  await new Promise<void>((resolve) => socket.close(resolve));
}

test('all-in-one counts packets that it cannot read, stores those that it can, lives, and stores the next good one', {
  timeout: 60_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-bad-packets-'));
  try {
    await using stack = await startProgram(
      'all-in-one',
      'agentCompact',
      ...['--embedded.directory', directory],
      ...['--processor.jaeger-compact.server-host-port', FREE],
      ...['--processor.jaeger-binary.server-host-port', FREE],
      ...['--http-server.host-port', FREE],
      ...['--processor.zipkin-compact.server-host-port', FREE],
      ...['--collector.http-server.host-port', FREE],
      ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
      ...['--collector.port', '0'],
      ...['--collector.grpc-server.host-port', FREE, '--query.http-server.host-port', FREE],
      ...['--query.grpc-server.host-port', FREE],
      ...['--admin.http.host-port', FREE, '--agent.admin.http.host-port', FREE],
      ...['--query.admin.http.host-port', FREE],
    );
    const started = stack.lines.find((line) => line.includes('"agentCompact"')) ?? '';
    const admin = Number(/"agentAdmin":(\d+)/.exec(started)?.[1]);
    const query = Number(/"queryHttp":(\d+)/.exec(started)?.[1]);
    const strange = strangePackets();
    const readable = strange.filter(isReadable);
    expect(strange.length - readable.length).toBeGreaterThan(1000);
    expect(readable.length).toBeGreaterThan(40);

    // In portions that the socket's buffer holds, so that each packet is counted and none lost on the way.
    const expected = { rejected: 0, processed: 0 };
    for (let i = 0; i < strange.length; i += 20) {
      const portion = strange.slice(i, i + 20);
      await send(stack.port, portion);
      expected.rejected += portion.filter((bytes) => !isReadable(bytes)).length;
      expected.processed += portion.filter(({ length }) => length <= TOO_LARGE).length;
      await vi.waitFor(async () => expect(await counts(admin)).toEqual(expected), {
        timeout: 20_000,
      });
    }
    const traceId = '0000000000000001';
    const stored = await vi.waitFor(async () => {
      const answer = await fetch(`http://127.0.0.1:${query}/api/traces/${traceId}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as { data: { spans: unknown[] }[] };
    }, 20_000);
    expect(stored.data[0]?.spans.length).toBeGreaterThan(0);

    const [good] = captures(6831).filter(({ name }) => name.startsWith('go-seed-inner-udp/'));
    const [span] = decodeEmitBatch(good?.bytes ?? new Uint8Array()).spans();
    await send(stack.port, [good?.bytes ?? new Uint8Array()]);
    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${query}/api/traces/${span?.traceId}`);
        expect(answer.status).toBe(200);
      },
      { timeout: 20_000 },
    );
    // Once by reason, and not once by packet.
    expect(stack.lines.length).toBeLessThan(30);
  } finally {
    await rm(directory, { recursive: true });
  }
});

/** What the agent's admin port says of packets that were taken, and of those whose spans were lost. */
async function counts(admin: number): Promise<{ rejected: number; processed: number }> {
  const text = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'gm'))].reduce(
      (all, [, count]) => all + Number(count),
      0,
    );
  return {
    rejected: sum('spoor_agent_packets_rejected_total'),
    processed: sum('jaeger_agent_thrift_udp_server_packets_processed_total'),
  };
}
