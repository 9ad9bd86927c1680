import { createSocket } from 'node:dgram';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AllInOne, FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import type { Span } from '@spoor/model';
import { createLogger } from '@spoor/platform';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startAgent } from './outage/agent-and-collector.ts';

// Uber's own TChannel for Node against ours: as the agent's peer, and as the collector's.

// CommonJS without types.
const require = createRequire(import.meta.url);
const TChannel = require('tchannel');
const AsThrift = require('tchannel/as/thrift');

const PROTOS = fileURLToPath(new URL('../protos', import.meta.url));
const COLLECTOR = 'jaeger-collector';
const SOON = { timeout: 60_000, interval: 50 };

/** Jaeger's sampling.thrift, as far as it is asked for here. */
const SAMPLING = `
enum SamplingStrategyType { PROBABILISTIC, RATE_LIMITING }
struct ProbabilisticSamplingStrategy { 1: required double samplingRate }
struct RateLimitingSamplingStrategy { 1: required i16 maxTracesPerSecond }
struct SamplingStrategyResponse {
  1: required SamplingStrategyType strategyType
  2: optional ProbabilisticSamplingStrategy probabilisticSampling
  3: optional RateLimitingSamplingStrategy rateLimitingSampling
}
service SamplingManager {
  SamplingStrategyResponse getSamplingStrategy(1: string serviceName)
}`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function channel(options: object = {}) {
  const made = new TChannel(options);
  open.push({ close: () => new Promise((resolve) => made.close(resolve)) });
  return made;
}

async function jaegerThrift(on: object) {
  const source = await readFile(join(PROTOS, 'jaeger.thrift'), 'utf8');
  return new AsThrift({ channel: on, source });
}

/** 64 bits, as thriftrw takes and gives them. */
function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

describe('their client calls our collector', () => {
  let stack: AllInOne;
  beforeAll(async () => {
    stack = await startAllInOne({
      ports: FREE_PORTS,
      storage: { type: 'memory' },
      logger: createLogger({ name: 'all-in-one', level: 'silent' }),
    });
  });
  afterAll(() => stack.close());

  function client(checksumType?: number) {
    return channel().makeSubChannel({
      serviceName: COLLECTOR,
      peers: [`127.0.0.1:${stack.ports.collectorTchannel}`],
      requestDefaults: {
        hasNoParent: true,
        headers: { cn: 'npm-tchannel' },
        ...(checksumType !== undefined && { checksumType }),
      },
    });
  }

  function call(thrift: { request(options: object): unknown }, method: string, body: object) {
    const request = thrift.request({ serviceName: COLLECTOR, timeout: 30_000, hasNoParent: true });
    return new Promise((resolve, reject) => {
      (request as { send: (...all: unknown[]) => void }).send(
        method,
        null,
        body,
        (error: Error | null, answer: { ok: boolean; body: unknown }) =>
          error ? reject(error) : resolve(answer),
      );
    });
  }

  function spansOf(count: number, traceId: number): object[] {
    return Array.from({ length: count }, (_, i) => ({
      traceIdLow: int64(traceId),
      traceIdHigh: int64(0),
      spanId: int64(i + 1),
      parentSpanId: int64(i === 0 ? 0 : 1),
      operationName: 'submitted',
      flags: 1,
      startTime: int64(Date.now() * 1000),
      duration: int64(1000),
      tags: [{ key: 'filler', vType: 'STRING', vStr: 'x'.repeat(400) }],
    }));
  }

  // 500 spans are some 250 KB: four frames.
  test.each([
    ['no checksum', 0, 1],
    ['crc32', 1, 1],
    ['farmhash', 2, 1],
    ['crc32c', 3, 1],
    ['no checksum', 0, 500],
    ['crc32', 1, 500],
    ['crc32c', 3, 500],
  ])('submitBatches with %s (%d), %d spans', async (_, checksumType, count) => {
    const thrift = await jaegerThrift(client(checksumType));
    const traceId = 1000 * checksumType + count;
    const batch = { process: { serviceName: 'theirs' }, spans: spansOf(count, traceId) };
    const answer = await call(thrift, 'Collector::submitBatches', { batches: [batch, batch] });
    expect(answer).toMatchObject({ ok: true, body: [{ ok: true }, { ok: true }] });
    const path = `/api/traces/${traceId.toString(16)}`;
    const { data } = (await (await fetch(`${stack.queryUrl}${path}`)).json()) as {
      data: [{ spans: unknown[]; processes: object }];
    };
    expect(data[0].spans).toHaveLength(count);
    expect(Object.values(data[0].processes)).toEqual([{ serviceName: 'theirs', tags: [] }]);
  });

  test('getSamplingStrategy', async () => {
    const thrift = new AsThrift({ channel: client(), source: SAMPLING });
    expect(
      await call(thrift, 'SamplingManager::getSamplingStrategy', { serviceName: 'theirs' }),
    ).toMatchObject({
      body: { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: 0.001 } },
    });
  });

  test('what is not thrift, and a method that is not there, are told by error frames', async () => {
    const raw = (as: string, method: string) =>
      new Promise((_, reject) => {
        const request = client().request({ timeout: 30_000, headers: { as }, hasNoParent: true });
        request.send(method, '', '', reject);
      });
    await expect(raw('json', 'Collector::submitBatches')).rejects.toMatchObject({
      type: 'tchannel.bad-request',
    });
    await expect(raw('thrift', 'Collector::other')).rejects.toMatchObject({
      type: 'tchannel.bad-request',
    });
  });

  test('pings are answered', async () => {
    const peer = client().peers.get(`127.0.0.1:${stack.ports.collectorTchannel}`);
    const connection = peer.connect();
    await new Promise((resolve, reject) =>
      peer.waitForIdentified((error: Error) => (error ? reject(error) : resolve(undefined))),
    );
    const answered = new Promise<{ id: number }>((resolve) => {
      connection.pingResponseEvent.on((response: { id: number }) => resolve(response));
    });
    const id = connection.ping();
    expect((await answered).id).toBe(id);
  });
});

describe('our agent calls their server', () => {
  test('with spans and for a sampling strategy', { timeout: 120_000 }, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'spoor-tchannel-'));
    open.push({ close: () => rm(directory, { recursive: true }) });
    const server = channel();
    const collector = server.makeSubChannel({ serviceName: COLLECTOR });
    const taken: { head: object; headers: object; spans: { spanId: Buffer }[] }[] = [];
    const thrift = await jaegerThrift(collector);
    thrift.register(
      collector,
      'Collector::submitBatches',
      {},
      (
        _: object,
        request: { headers: object },
        head: object,
        body: { batches: { spans: [] }[] },
        done: (...all: unknown[]) => void,
      ) => {
        const { headers } = request;
        for (const { spans } of body.batches) taken.push({ head, headers, spans });
        done(null, { ok: true, body: body.batches.map(() => ({ ok: true })) });
      },
    );
    new AsThrift({ channel: collector, source: SAMPLING }).register(
      collector,
      'SamplingManager::getSamplingStrategy',
      {},
      (
        _: object,
        __: object,
        ___: object,
        { serviceName }: { serviceName: string },
        done: (...all: unknown[]) => void,
      ) => {
        expect(serviceName).toBe('theirs');
        done(null, {
          ok: true,
          body: { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 7 } },
        });
      },
    );
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();

    await using agent = await startAgent({ way: 'TChannel', port, directory });
    const spans = usualSpans(seededRandom(1), 400, 'theirs');
    const [{ process }] = spans as [Span];
    const socket = createSocket('udp4');
    open.push(socket);
    // Each half is more than a frame of 64 KiB holds, once it is binary.
    for (const half of [spans.slice(0, 200), spans.slice(200)]) {
      const packet = encodeEmitBatch(process, half, 1);
      await new Promise((resolve) => socket.send(packet, agent.port, '127.0.0.1', resolve));
    }
    await vi.waitFor(
      () => expect(taken.flatMap((batch) => batch.spans)).toHaveLength(spans.length),
      SOON,
    );
    const ids = taken.flatMap((batch) => batch.spans.map(({ spanId }) => spanId.toString('hex')));
    expect(ids.sort()).toEqual(spans.map(({ spanId }) => spanId).sort());
    expect(taken[0]?.headers).toMatchObject({ as: 'thrift', cn: 'jaeger-agent' });
    const asked = await fetch(
      `http://127.0.0.1:${agent.logged('httpPort')}/sampling?service=theirs`,
    );
    expect(await asked.json()).toEqual({
      strategyType: 'RATE_LIMITING',
      rateLimitingSampling: { maxTracesPerSecond: 7 },
    });
  });
});
