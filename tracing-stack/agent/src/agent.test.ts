import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captures, datagram } from '@spoor/fixtures';
import { createLogger, createMetrics } from '@spoor/platform';
import { decodeEmitBatch, dissect, MessageRing } from '@spoor/wire';
import {
  BATCH_STRUCTS,
  binaryLayout,
  compactLayout,
  emitBatchCall,
  nestedBatch,
  reportingBatch,
} from '@spoor/wire/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Agent, type AgentOptions, startAgent } from './agent.ts';
import { collectingSink } from './testing/collecting-sink.ts';
import { fixedConfig } from './testing/fixed-config.ts';
import { UDP_PROCESSORS } from './udp-processors.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const GOOD = capture(6831, 'go-seed-http-udp/');
const GOOD_BINARY = capture(6832, 'node-seed-inner-udp/');
const running: Agent[] = [];

function capture(port: number, start: string): Uint8Array {
  return captures(port).find(({ name }) => name.startsWith(start))?.bytes as Uint8Array;
}

afterEach(async () => {
  for (const agent of running.splice(0)) await agent.close(AbortSignal.timeout(200));
});

const FREE = { host: '127.0.0.1', port: 0 };

async function start(options: Partial<AgentOptions> = {}) {
  const lines: Record<string, unknown>[] = [];
  const metrics = createMetrics();
  const sink = collectingSink();
  const agent = await startAgent({
    compact: FREE,
    binary: FREE,
    zipkin: FREE,
    sink,
    config: fixedConfig(),
    logger: createLogger({
      name: 'agent',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
    metrics,
    ...options,
  });
  running.push(agent);
  return { agent, sink, lines, metrics, counted: (name: string) => counted(metrics, name) };
}

/** The sum of a metric over its labels, or over those that contain `name`'s part in braces. */
async function counted(metrics: ReturnType<typeof createMetrics>, name: string): Promise<number> {
  const [metric = '', label = ''] = name.split('{');
  return (await metrics.text())
    .split('\n')
    .filter((line) => /^[\w]+/.exec(line)?.[0] === metric && line.includes(label.replace('}', '')))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
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

/** Message header of `emitBatch` in compact Thrift, with the first field still to come. */
const HEADER = Buffer.concat([Buffer.from([0x82, 0x81, 0, 9]), Buffer.from('emitBatch')]);
const STRUCT_FIELD_1 = 0x1c;
const LIST_FIELD_1 = 0x19;
const BINARY_FIELD_1 = 0x18;

/** The same on every run (Numerical Recipes' generator), so that a failure can be repeated. */
function randomPackets(count: number): Buffer[] {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  return Array.from({ length: count }, (_, i) => Buffer.from(Array.from({ length: 8 * i }, next)));
}

describe('bad packets are counted and logged once, and the next good one is delivered', () => {
  test.each([
    ['every truncation of a capture', truncations(GOOD)],
    ['random bytes', randomPackets(100)],
    ['random bytes after a good header', randomPackets(100).map((b) => Buffer.concat([HEADER, b]))],
    ['the largest datagram there is', [Buffer.alloc(65_507, 0x11)]],
    ['structs nested 1,000 deep', [Buffer.concat([HEADER, Buffer.alloc(1000, STRUCT_FIELD_1)])]],
    [
      'lists nested 1,000 deep',
      [Buffer.concat([HEADER, Buffer.from([STRUCT_FIELD_1]), Buffer.alloc(1000, LIST_FIELD_1)])],
    ],
    [
      'a negative length',
      [
        Buffer.concat([
          HEADER,
          Buffer.from([STRUCT_FIELD_1, STRUCT_FIELD_1, BINARY_FIELD_1]),
          Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]),
        ]),
      ],
    ],
    ['no bytes', [Buffer.alloc(0)]],
  ])('%s', async (_name, bad) => {
    const { agent, sink, lines, counted } = await start();
    await send(agent.ports.compact, [...bad, GOOD]);
    await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
    expect(await counted('spoor_agent_packets_rejected_total')).toBe(bad.length);
    expect(sink.batches[0]?.index().operations).toHaveLength(1);
    const kinds = lines.filter(({ msg }) => msg === 'packet dropped').map(({ kind }) => kind);
    expect(kinds.length).toBeGreaterThan(0);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

test('a packet over which what watches the agent falls is counted, and the next one is delivered', async () => {
  const { agent, sink, metrics, counted } = await start();
  const { doors } = metrics;
  const note = doors.note.bind(doors);
  let calls = 0;
  doors.note = (...noted) => {
    if (calls++ === 0) throw new Error('the book fell');
    note(...noted);
  };
  await send(agent.ports.compact, [GOOD, GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
  expect(await counted('spoor_agent_packets_rejected_total{reason="internal"}')).toBe(1);
});

test('fields that nobody here knows, nested as deep as may be, are delivered in either order', async () => {
  const { agent, sink } = await start({
    tags: [{ key: 'region', type: 'string', value: 'eu' }],
  });
  for (const order of ['process first', 'spans first'] as const) {
    for (const where of BATCH_STRUCTS) {
      const batch = nestedBatch(compactLayout, where, 64, order);
      await send(agent.ports.compact, [emitBatchCall(compactLayout, batch)]);
    }
  }
  await vi.waitFor(() => expect(sink.batches).toHaveLength(2 * BATCH_STRUCTS.length), SOON);
  for (const batch of sink.batches) expect(batch.spans()).toHaveLength(1);
});

test('what clients say of themselves is counted, and how long each port took to close', async () => {
  const { agent, sink, counted } = await start();
  // The second packet of a Go client, and a third that tells of losses, in either protocol.
  const go = captures(6831).find(({ name }) => name === 'go-seed-inner-udp/002-udp-6831.bin');
  const client = decodeEmitBatch(go?.bytes as Uint8Array).index().client;
  expect(client).toMatchObject({ seqNo: 2, dropped: { sendFailure: 0 } });
  await send(agent.ports.compact, [go?.bytes as Uint8Array]);
  const losses = { fullQueue: 5, tooLarge: 6, sendFailure: 7 };
  const told = { uuid: client?.uuid ?? '', seqNo: 3, dropped: losses };
  await send(agent.ports.binary, [emitBatchCall(binaryLayout, reportingBatch(binaryLayout, told))]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(2), SOON);
  const stats = 'jaeger_agent_client_stats';
  expect(await counted(`${stats}_batches_received_total`)).toBe(2);
  expect(await counted(`${stats}_batches_sent_total`)).toBe(1);
  expect(await counted(`${stats}_connected_clients`)).toBe(1);
  expect(await counted(`${stats}_spans_dropped_total{cause="full-queue"}`)).toBe(5);
  expect(await counted(`${stats}_spans_dropped_total{cause="too-large"}`)).toBe(6);
  expect(await counted(`${stats}_spans_dropped_total{cause="send-failure"}`)).toBe(7);
  const closed = 'jaeger_agent_thrift_udp_t_processor_close_time_count';
  expect(await counted(closed)).toBe(0);
  await agent.close();
  expect(await counted(closed)).toBe(3);
});

describe('every port', () => {
  test.each([
    ['compact', 6831, 'jaeger-thrift-compact'],
    ['binary', 6832, 'jaeger-thrift-binary'],
    ['zipkin', 5775, 'jaeger-proto'],
  ] as const)('what real clients send to the %s one is delivered', async (name, port, encoding) => {
    const { protocol, model } = UDP_PROCESSORS[name];
    const { agent, sink, counted } = await start();
    const good = captures(port);
    await send(
      agent.ports[name],
      good.map(({ bytes }) => bytes),
    );
    await vi.waitFor(() => expect(sink.batches).toHaveLength(good.length), SOON);
    for (const { encoding: came } of sink.batches) expect(came).toBe(encoding);
    const processed = 'jaeger_agent_thrift_udp_server_packets_processed_total';
    expect(await counted(`${processed}{protocol="${protocol}",model="${model}"}`)).toBe(
      good.length,
    );
    expect(await counted(processed)).toBe(good.length);
  });

  test.each([
    ['compact', 'agent-6831-compact', 'jaeger', 'udp-compact', 'jaeger.thrift over compact'],
    ['compact', 'agent-6831-zipkin', 'zipkin', 'udp-zipkin-6831', 'zipkincore.thrift over compact'],
    ['zipkin', 'agent-5775-zipkin', 'zipkin', 'udp-zipkin', 'zipkincore.thrift over compact'],
    ['zipkin', 'agent-5775-jaeger', 'jaeger', 'udp-5775-jaeger', 'jaeger.thrift over compact'],
    ['binary', 'agent-6832-binary', 'jaeger', 'udp-binary', 'jaeger.thrift over binary'],
  ] as const)(
    'the %s one takes %s and counts it as %s',
    async (name, recorded, format, service, spoken) => {
      const { agent, sink, counted, metrics } = await start();
      await send(agent.ports[name], [datagram(recorded)]);
      await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
      expect(sink.batches[0]?.spans()[0]?.process.serviceName).toBe(service);
      await vi.waitFor(async () =>
        expect(
          await counted(`jaeger_agent_reporter_spans_submitted_total{format="${format}"}`),
        ).toBe(1),
      );
      expect(await counted('jaeger_agent_reporter_spans_submitted_total')).toBe(1);
      const door = `UDP ${agent.ports[name]}, ${spoken} Thrift`;
      expect(metrics.doors.list()).toMatchObject([{ door, service, spans: 1 }]);
    },
  );

  test('count and warn by themselves', async () => {
    const { agent, sink, lines, counted } = await start({
      binary: { ...FREE, maxPacketSize: GOOD_BINARY.length },
    });
    // Each is bad at the other's port, and one is too large.
    await send(agent.ports.compact, [GOOD_BINARY, GOOD]);
    const cut = truncations(GOOD_BINARY).slice(0, 40);
    const large = Buffer.concat([GOOD_BINARY, Buffer.alloc(1)]);
    await send(agent.ports.binary, [GOOD, large, ...cut, GOOD_BINARY]);
    await vi.waitFor(() => expect(sink.batches).toHaveLength(2), SOON);
    const rejected = 'spoor_agent_packets_rejected_total';
    expect(await counted(`${rejected}{protocol="compact",reason="bad-message"}`)).toBe(1);
    expect(await counted(`${rejected}{protocol="binary",reason="bad-message"}`)).toBe(1);
    expect(await counted(`${rejected}{protocol="binary",reason="too-large"}`)).toBe(1);
    expect(await counted(`${rejected}{protocol="binary",reason="truncated"}`)).toBe(40);
    const warned = lines.filter(({ msg }) => msg === 'packet dropped').map(({ kind }) => kind);
    expect(warned).toEqual([
      'compact bad-message',
      'binary bad-message',
      'binary too-large',
      'binary truncated',
    ]);
  });
});

function truncations(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length));
}

test('a packet above the maximum is dropped, one below is taken', async () => {
  const { agent, sink, counted } = await start({
    compact: { ...FREE, maxPacketSize: GOOD.length },
  });
  await send(agent.ports.compact, [Buffer.concat([GOOD, Buffer.alloc(1)]), GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
  expect(await counted('spoor_agent_packets_rejected_total{reason="too-large"}')).toBe(1);
  expect(await counted('jaeger_agent_thrift_udp_server_read_errors_total')).toBe(1);
});

test('beyond its room the agent drops packets and counts them', async () => {
  const sink = collectingSink();
  sink.hold();
  const { agent, counted } = await start({ sink, queueBytes: 3 * GOOD.length });
  await send(agent.ports.compact, Array(10).fill(GOOD));
  const dropped = 'jaeger_agent_thrift_udp_server_packets_dropped_total';
  await vi.waitFor(async () => expect(await counted(dropped)).toBe(7), SOON);
  expect(await counted('jaeger_agent_thrift_udp_server_queue_size')).toBe(3);
  sink.release();
  await vi.waitFor(() => expect(sink.batches).toHaveLength(3), SOON);
  await send(agent.ports.compact, [GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(4), SOON);
  expect(await counted('spoor_agent_packets_rejected_total{reason="queue-full"}')).toBe(7);
});

test('a port may hold fewer packets than there is room for', async () => {
  const sink = collectingSink();
  sink.hold();
  const { agent, counted } = await start({ sink, compact: { ...FREE, queueSize: 2 } });
  await send(agent.ports.compact, Array(5).fill(GOOD));
  const rejected = 'spoor_agent_packets_rejected_total{reason="queue-full"}';
  await vi.waitFor(async () => expect(await counted(rejected)).toBe(3), SOON);
  sink.release();
  await vi.waitFor(() => expect(sink.batches).toHaveLength(2), SOON);
  await send(agent.ports.compact, [GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(3), SOON);
});

test('packets that cannot be read take no room from those behind them', async () => {
  const { agent, sink, counted } = await start({ queueBytes: 3 * GOOD.length });
  const bad = Buffer.alloc(GOOD.length, 0xff);
  await send(agent.ports.compact, [...Array(10).fill(bad), GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
  expect(await counted('spoor_agent_packets_rejected_total{reason="queue-full"}')).toBe(0);
  expect(await counted('spoor_agent_packets_rejected_total')).toBe(10);
});

test('the tags of the agent are on what the sink gets', async () => {
  const tags = [{ key: 'zone', type: 'string', value: 'eu' }] as const;
  const { agent, sink } = await start({ tags });
  await send(agent.ports.compact, [GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
  expect(sink.batches[0]?.spans()[0]?.process.tags.at(-1)).toEqual(tags[0]);
});

test('a batch that the sink gives up is counted, and the next one is delivered', async () => {
  const sink = collectingSink();
  sink.failNext(new Error('collector is away'));
  const { agent, counted } = await start({ sink });
  await send(agent.ports.compact, [GOOD, GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
  expect(await counted('jaeger_agent_reporter_batches_failures_total')).toBe(1);
  expect(await counted('jaeger_agent_reporter_spans_failures_total')).toBe(1);
  expect(await counted('jaeger_agent_reporter_spans_submitted_total')).toBe(1);
});

describe('close', () => {
  test('delivers what the kernel held, then closes the sink', async () => {
    const { agent, sink } = await start();
    await send(agent.ports.compact, Array(100).fill(GOOD));
    await agent.close();
    expect(sink.batches).toHaveLength(100);
    expect(sink.closed).toBe(true);
  });

  test('does not wait for a sink that is stuck', async () => {
    const sink = collectingSink();
    sink.hold();
    const { agent, lines } = await start({ sink });
    await send(agent.ports.compact, [GOOD]);
    const closed = agent.close(AbortSignal.timeout(200));
    await expect(closed).rejects.toThrow('[agent] lost 1 spans in 1 batches: not delivered');
    running.pop();
    expect(sink.closed).toBe(true);
    expect(lines.at(-1)).toMatchObject({ batches: 1, spans: 1 });
  });

  test('puts on disk what it holds although its HTTP server fails to close', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'spoor-agent-'));
    const disk = { directory, maxBytes: 1_000_000 };
    const stuck = collectingSink();
    stuck.hold();
    const { agent } = await start({ sink: stuck, disk, http: FREE });
    // For it to end.
    const connection = connect(agent.ports.http as number, '127.0.0.1');
    await once(connection, 'connect');
    await send(agent.ports.compact, [GOOD]);
    await vi.waitFor(() => expect(agent.queue().memoryBytes).toBeGreaterThan(0), SOON);
    const destroy = vi.spyOn(Socket.prototype, 'destroy').mockImplementationOnce(() => {
      throw new Error('cannot close');
    });
    running.pop();
    await expect(agent.close(AbortSignal.timeout(200))).rejects.toThrow('cannot close');
    destroy.mockRestore();
    connection.destroy();
    const { sink } = await start({ disk });
    await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
    await running.pop()?.close();
    await rm(directory, { recursive: true });
  });
});

test('with no host it takes packets on every interface', async () => {
  const { agent, sink } = await start({ compact: { host: '', port: 0 } });
  await send(agent.ports.compact, [GOOD]);
  await vi.waitFor(() => expect(sink.batches).toHaveLength(1), SOON);
});

test('a kernel that gives a smaller buffer is told of', async () => {
  const { lines } = await start({ compact: { ...FREE, receiveBufferBytes: 2 ** 30 } });
  const line = lines.find(({ asked }) => asked === 2 ** 30);
  expect(line?.['given']).toBeLessThan(2 ** 30);
});

test.each(['compact', 'binary'] as const)(
  'a held %s port is refused with who holds it',
  async (name) => {
    const { agent } = await start();
    const port = agent.ports[name];
    await expect(start({ [name]: { ...FREE, port } })).rejects.toThrow(
      `[agent] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
    );
  },
);

test.each([
  ['compact', 'thrift-compact-call', GOOD],
  ['binary', 'thrift-binary-call', GOOD_BINARY],
] as const)(
  'a datagram to the %s port is kept as it came, what cannot be read is not',
  async (name, layout, packet) => {
    const ring = new MessageRing(1_000_000);
    const { agent, sink } = await start({ ring });
    await send(agent.ports[name], [Buffer.from('nothing'), packet]);
    await vi.waitFor(() => expect(sink.batches.length).toBe(1), SOON);
    const [span] = dissect(layout, packet).spans;
    const [message] = ring.carrying(span?.traceId ?? '');
    expect(ring.state().messages).toBe(1);
    expect(message).toMatchObject({ layout, transport: 'udp', port: agent.ports[name] });
    expect(message?.sender).toMatchObject({ address: '127.0.0.1', port: expect.any(Number) });
    expect(Buffer.compare(message?.bytes ?? Buffer.alloc(0), packet)).toBe(0);
  },
);
