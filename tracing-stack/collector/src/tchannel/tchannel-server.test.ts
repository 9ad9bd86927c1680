import { captures, tchannelStream } from '@spoor/fixtures';
import { createLogger, createMetrics, DoorBook } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import {
  binaryBatchesBytes,
  decodeCallRes,
  decodeEmitBatch,
  decodeInit,
  decodeSamplingResult,
  encodeFrame,
  encodeInitReq,
  encodePingReq,
  encodeSamplingArguments,
  encodeSubmitBatches,
  FrameSplitter,
  FrameType,
  NO_CALL,
  NO_TRACING,
  ownInit,
} from '@spoor/wire';
import { encodeCancel } from '@spoor/wire/testkit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { collectorMetrics } from '../collector-metrics.ts';
import { SpanProcessor } from '../span-processor.ts';
import { runCollector } from '../testing/collector-run.ts';
import { fakeStore } from '../testing/fake-store.ts';
import { callFrames, tchannelPeer } from '../testing/tchannel-peer.ts';
import { startTchannelServer, type TchannelServerOptions } from './tchannel-server.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const BATCH = decodeEmitBatch(captures(6831)[0]?.bytes as Uint8Array);
const ARGS = encodeSubmitBatches(binaryBatchesBytes(BATCH));
/** As a real collector answered it. */
const OK = '0f00000c00000001020001010000';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function run(options: Parameters<typeof runCollector>[0] = {}) {
  const collector = await runCollector(options);
  open.push(collector);
  const { tchannel: port } = collector.collector.ports;
  return {
    ...collector,
    port,
    peer: async (isSilent = false) => {
      const peer = await tchannelPeer(port, isSilent);
      open.push({ close: () => peer.socket.destroy() });
      return peer;
    },
    counted: async (line: string) => expect(await collector.metrics.text()).toContain(`${line}\n`),
  };
}

/** A server alone, whose limits a test can reach. */
async function serve(options: Partial<TchannelServerOptions> = {}) {
  const store = fakeStore();
  const metrics = createMetrics();
  const logger = createLogger({ name: 'collector', level: 'silent' });
  const processor = new SpanProcessor({
    writer: store.writer,
    metrics: collectorMetrics(metrics),
    logger,
    clock: () => 0,
    queueBytes: 1e6,
    queueSpans: 1e6,
    tags: [],
    doors: new DoorBook(),
    ports: {},
  });
  const server = await startTchannelServer({
    host: '127.0.0.1',
    port: 0,
    processor,
    sampling: { strategyOf: () => ({ strategyType: 'PROBABILISTIC' }) },
    metrics,
    logger,
    maxCallBytes: 1e6,
    maxCallsBytes: 1e6,
    ...options,
  });
  open.push({ close: () => server.close(AbortSignal.timeout(0)) });
  return { store, metrics, server, peer: (silent = false) => tchannelPeer(server.port, silent) };
}

test('a batch is stored, then answered in the bytes of a real collector', async () => {
  const { peer, store, sum } = await run();
  const agent = await peer();
  store.hold();
  agent.send(...callFrames(7, ARGS));
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  expect(agent.frames.map(({ id }) => id)).toEqual([1]);
  store.release();
  expect(await agent.answer(7)).toBe(OK);
  expect(store.written[0]?.batch.spans()).toEqual(BATCH.spans());
  expect(store.written[0]?.format).toBe('jaeger');
  const way = { format: 'jaeger', transport: 'tchannel' };
  expect(await sum('spans_received_total', way)).toBe(BATCH.index().count);
});

test('what a real agent sent is answered as the real collector answered it', async () => {
  const { port, store } = await run();
  const peer = await tchannelPeer(port, true);
  open.push({ close: () => peer.socket.destroy() });
  const [init, ...calls] = new FrameSplitter().split(
    Buffer.from(tchannelStream('agent-to-collector').bytes),
  );
  const raw = ({ type, id, payload }: NonNullable<typeof init>) => encodeFrame(type, id, payload);
  peer.send(raw(init as NonNullable<typeof init>));
  expect(decodeInit(await peer.frame(1)).headers.get('host_port')).toBe(`127.0.0.1:${port}`);
  // Byte by byte, as a network may bring it.
  for (const byte of Buffer.concat(calls.map(raw))) peer.socket.write(Buffer.of(byte));
  const theirs = new FrameSplitter().split(Buffer.from(tchannelStream('collector-to-agent').bytes));
  for (const { type, id, payload } of theirs) {
    // The strategies of that collector's file are not ours.
    if (type === FrameType.callRes && payload.length > 70) continue;
    if (id === 1) continue;
    const answer = await peer.frame(id);
    expect({ id, type: answer.type, payload: answer.payload.toString('hex') }).toEqual({
      id,
      type,
      payload: payload.toString('hex'),
    });
  }
  expect(store.written).toHaveLength(56);
  expect(store.written.filter(({ format }) => format === 'zipkin')).toHaveLength(1);
});

test('a service is told how to sample; without a file, to keep one trace in a thousand', async () => {
  const { peer } = await run();
  const agent = await peer();
  const method = 'SamplingManager::getSamplingStrategy';
  agent.send(...callFrames(2, encodeSamplingArguments('foo'), { method }));
  expect(decodeSamplingResult(Buffer.from(await agent.answer(2), 'hex'))).toEqual({
    strategyType: 'PROBABILISTIC',
    probabilisticSampling: { samplingRate: 0.001 },
  });
  agent.send(...callFrames(3, Uint8Array.of(0), { method }));
  expect(await agent.answer(3)).toMatch(/^badRequest: .* no service was named/);
});

describe('a call in many frames is one call', () => {
  test.each([0, 1, 2, 3])('with checksum type %i', async (checksumType) => {
    const { peer, store } = await run();
    const agent = await peer();
    // Farmhash is not checked: any four bytes will do.
    const written = callFrames(2, ARGS, {
      checksumType: checksumType === 2 ? 0 : checksumType,
      maxFrameBytes: 130,
    });
    expect(written.length).toBeGreaterThan(3);
    agent.send(...(checksumType === 2 ? callFrames(2, ARGS, { checksumType: 2 }) : written));
    expect(await agent.answer(2)).toBe(OK);
    expect(store.written).toHaveLength(1);
    const { checksumType: answered } = decodeCallRes(await agent.frame(2)).fragment;
    expect(answered).toBe(checksumType === 2 ? 0 : checksumType);
  });

  test('with those of another between them', async () => {
    const { peer, store } = await run();
    const agent = await peer();
    const one = callFrames(2, ARGS, { maxFrameBytes: 200 });
    const other = callFrames(3, ARGS, { maxFrameBytes: 150 });
    const mixed = Array.from({ length: Math.max(one.length, other.length) }, (_, i) =>
      [one[i], other[i]].filter((frame) => frame !== undefined),
    );
    agent.send(...mixed.flat());
    expect(await Promise.all([agent.answer(2), agent.answer(3)])).toEqual([OK, OK]);
    expect(store.written).toHaveLength(2);
  });
});

describe('what cannot be answered gets an error frame, and the connection goes on', () => {
  const named = (headers: Record<string, string>) => ({
    headers: new Map(Object.entries(headers)),
  });
  const flipped = () => {
    const [frame] = callFrames(5, ARGS) as [Buffer];
    frame[frame.length - 1] = (frame.at(-1) as number) ^ 1;
    return [frame];
  };
  test.each<[string, () => Buffer[], string]>([
    [
      'an unknown method',
      () => callFrames(5, ARGS, { method: 'Baggage::get' }),
      'badRequest: no handler for service "jaeger-collector" and method "Baggage::get"',
    ],
    [
      'an unknown service',
      () => callFrames(5, ARGS, { service: 'x' }),
      'badRequest: no handler for service "x" and method "Collector::submitBatches"',
    ],
    [
      'another scheme',
      () => callFrames(5, ARGS, named({ as: 'json' })),
      'badRequest: arg scheme "json" where "thrift" was expected',
    ],
    [
      'no scheme',
      () => callFrames(5, ARGS, named({})),
      'badRequest: arg scheme null where "thrift" was expected',
    ],
    ['no time', () => callFrames(5, ARGS, { ttl: 0 }), 'badRequest: a call without a time to live'],
    [
      'no batch',
      () => callFrames(5, Uint8Array.of(0x67)),
      'badRequest: [wire] the bytes end too early at byte 1',
    ],
    ['a wrong checksum', flipped, 'badRequest: [wire] checksum '],
    [
      'a payload that ends too early',
      () => [encodeFrame(FrameType.callReq, 5, Buffer.from([0, 0, 0]))],
      'badRequest: [wire] the payload ends too early at byte 1',
    ],
    [
      'too many bytes',
      () => callFrames(5, Buffer.alloc(4 * 1024 * 1024)),
      'badRequest: [wire] arguments of more than 4194304 bytes',
    ],
  ])('%s', async (_, frames, error) => {
    const { peer, store, counted } = await run();
    const agent = await peer();
    agent.send(...frames());
    expect(await agent.answer(5)).toContain(error);
    agent.send(...callFrames(6, ARGS));
    expect(await agent.answer(6)).toBe(OK);
    expect(store.written).toHaveLength(1);
    await counted('spoor_collector_tchannel_errors_total{code="badRequest"} 1');
  });

  test('a batch that cannot be read is counted among those of the other doors', async () => {
    const { peer, counted } = await run();
    const agent = await peer();
    agent.send(...callFrames(5, Uint8Array.of(0x67)));
    await agent.answer(5);
    await counted(
      'spoor_collector_batches_rejected_total{reason="unreadable",transport="tchannel"} 1',
    );
  });
});

describe('what may be sent again is told so', () => {
  test('busy while too much waits for the store', async () => {
    const { peer, store } = await run({ queueSpans: BATCH.index().count });
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS), ...callFrames(3, ARGS));
    expect(await agent.answer(3)).toMatch(/^busy: .* spans wait for the store$/);
    store.release();
    expect(await agent.answer(2)).toBe(OK);
  });

  test('busy while the store is away, unexpected when it is corrupt', async () => {
    const { peer, store } = await run();
    const agent = await peer();
    store.fail(new StorageError('unavailable', 'is away'));
    agent.send(...callFrames(2, ARGS));
    expect(await agent.answer(2)).toMatch(/^busy: /);
    store.fail(new StorageError('corrupt', 'is broken'));
    agent.send(...callFrames(3, ARGS));
    expect(await agent.answer(3)).toMatch(/^unexpected: /);
  });

  test('busy beyond the calls that a connection may have, and the bytes of unfinished ones', async () => {
    const { peer, store } = await serve({ maxCalls: 2, maxCallsBytes: 300 });
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS), ...callFrames(3, ARGS), ...callFrames(4, ARGS));
    expect(await agent.answer(4)).toBe('busy: 2 calls are under way on this connection');
    store.release();
    await agent.answer(3);
    const [first, second] = [5, 6].map((id) => callFrames(id, ARGS, { maxFrameBytes: 300 })[0]);
    agent.send(first as Buffer, second as Buffer);
    expect(await agent.answer(6)).toMatch(/^busy: \d+ of 300 bytes of unfinished calls/);
    agent.socket.destroy();
  });

  test('timeout when the sender waits no longer; the answer that comes then is not sent', async () => {
    const { peer, store } = await run();
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS, { ttl: 30 }));
    expect(await agent.answer(2)).toBe('timeout: no answer within 30 ms');
    store.release();
    agent.send(encodePingReq(9));
    await agent.frame(9);
    expect(agent.frames.filter(({ id }) => id === 2)).toHaveLength(1);
  });

  test('a call that is never finished ends with its time, and gives back its room', async () => {
    const { peer } = await serve({ maxCallsBytes: 250 });
    const agent = await peer();
    const begin = (id: number) =>
      callFrames(id, ARGS, { maxFrameBytes: 300, ttl: 30 })[0] as Buffer;
    agent.send(begin(2));
    expect(await agent.answer(2)).toBe('timeout: no answer within 30 ms');
    agent.send(begin(3));
    expect(await agent.answer(3)).toBe('timeout: no answer within 30 ms');
    agent.socket.destroy();
  });
});

test('a call that is cancelled is not run, and one under way is answered no more', async () => {
  const { peer, store } = await run();
  const agent = await peer();
  const [first, ...rest] = callFrames(2, ARGS, { maxFrameBytes: 200 });
  const cancel = (id: number) => encodeCancel(id, { ttl: 1, tracing: NO_TRACING, why: 'test' });
  agent.send(first as Buffer, cancel(2), ...rest);
  expect(await agent.answer(2)).toBe('cancelled: cancelled by its sender');
  expect(store.written).toHaveLength(0);
  store.hold();
  agent.send(...callFrames(3, ARGS), cancel(3), cancel(99));
  expect(await agent.answer(3)).toBe('cancelled: cancelled by its sender');
  store.release();
});

test('pings are answered, also while calls are under way, and frames of no use are passed over', async () => {
  const { peer, store, counted } = await run();
  const agent = await peer();
  store.hold();
  const claim = encodeFrame(FrameType.claim, 3, Buffer.alloc(29));
  const unknown = encodeFrame(0x77, 3, Buffer.alloc(3));
  agent.send(...callFrames(2, ARGS), claim, unknown, encodePingReq(4));
  expect((await agent.frame(4)).type).toBe(FrameType.pingRes);
  store.release();
  expect(await agent.answer(2)).toBe(OK);
  await counted('spoor_collector_tchannel_frames_ignored_total 1');
});

test("the answer carries the caller's place in its trace", async () => {
  const { peer } = await run();
  const agent = await peer();
  const tracing = {
    spanId: '00000000000000b2',
    parentId: '00000000000000a1',
    traceId: '00000000000000a1',
    flags: 1,
  };
  agent.send(...callFrames(2, ARGS, { tracing }));
  expect(decodeCallRes(await agent.frame(2)).tracing).toEqual(tracing);
});

describe('a connection ends with a fatal error', () => {
  test.each<[string, number, () => Uint8Array[], RegExp]>([
    ['that begins with a call', 2, () => callFrames(2, ARGS), /type 3 where an init req/],
    [
      'of another version',
      1,
      () => [encodeInitReq(1, { ...ownInit('', ''), version: 3 })],
      /unsupported protocol version 3, expected 2$/,
    ],
    [
      'that begins with nothing of TChannel',
      NO_CALL,
      () => [Buffer.from('\0\x01GET / HTTP/1.1\r\n')],
      /a frame of 1 bytes/,
    ],
    [
      'of an init req that cannot be read',
      NO_CALL,
      () => [encodeFrame(FrameType.initReq, 1, Buffer.from([0, 2, 0, 9]))],
      /the payload ends too early/,
    ],
  ])('%s', async (_, id, bytes, message) => {
    const { peer } = await run();
    const other = await peer(true);
    other.send(...bytes());
    expect(await other.answer(id)).toMatch(/^fatal: /);
    expect(await other.answer(id)).toMatch(message);
    await other.closed;
  });

  test('that calls twice by one id', async () => {
    const { peer, store } = await run();
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS), ...callFrames(2, ARGS));
    expect(await agent.answer(2)).toBe('fatal: call 2 is under way already');
    await agent.closed;
    store.release();
  });
});

describe('a connection is given up', () => {
  test('that does not say who it is', async () => {
    const { peer } = await serve({ patienceMs: 30 });
    await (await peer(true)).closed;
  });

  test('that stops within a frame', async () => {
    const { peer } = await serve({ idleMs: 300 });
    const agent = await peer();
    agent.send(Uint8Array.of(0));
    await agent.closed;
  });

  test('that is silent and answers no ping; one that answers stays', async () => {
    const { peer } = await serve({ idleMs: 300 });
    const dead = await peer();
    const alive = await peer();
    let pings = 0;
    alive.socket.on('data', () => {
      pings++;
      alive.send(encodeFrame(FrameType.pingRes, 1, Buffer.alloc(0)));
    });
    await dead.closed;
    await vi.waitFor(() => expect(pings).toBeGreaterThan(3), 20_000);
    alive.send(...callFrames(2, ARGS));
    expect(await alive.answer(2)).toBe(OK);
    alive.socket.destroy();
  });

  test('that does not read its answers', async () => {
    const { peer, metrics } = await serve({ patienceMs: 200, idleMs: 60_000 });
    const agent = await peer();
    agent.socket.pause();
    // Each is answered with a thousand bytes.
    const method = 'x'.repeat(1000);
    const calls = Buffer.concat(
      Array.from({ length: 100 }, (_, i) => callFrames(i + 2, ARGS, { method })).flat(),
    );
    const flood = setInterval(() => agent.send(calls), 1);
    await vi.waitFor(
      async () =>
        expect(await metrics.text()).toContain('spoor_collector_tchannel_connections 0\n'),
      20_000,
    );
    clearInterval(flood);
    agent.socket.destroy();
  });

  test('that is one too many, which is counted', async () => {
    const { peer, metrics } = await serve({ maxConnections: 1 });
    const first = await peer();
    await (await peer(true)).closed;
    expect(await metrics.text()).toContain(
      'spoor_collector_tchannel_connections_refused_total 1\n',
    );
    first.send(...callFrames(2, ARGS));
    expect(await first.answer(2)).toBe(OK);
    first.socket.destroy();
  });
});

describe('close', () => {
  test('answers what is under way, declines the rest, then ends the connections', async () => {
    const { peer, store, server } = await serve();
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS));
    await vi.waitFor(() => expect(store.held).toBe(1), SOON);
    const closed = server.close(AbortSignal.timeout(20_000));
    agent.send(...callFrames(3, ARGS));
    expect(await agent.answer(3)).toBe('declined: the collector is closing');
    store.release();
    expect(await agent.answer(2)).toBe(OK);
    await Promise.all([closed, agent.closed]);
  });

  test('does not wait for ever', async () => {
    const { peer, store, server } = await serve();
    const agent = await peer();
    store.hold();
    agent.send(...callFrames(2, ARGS));
    await vi.waitFor(() => expect(store.held).toBe(1), SOON);
    await server.close(AbortSignal.timeout(20));
    await agent.closed;
    store.release();
  });
});
