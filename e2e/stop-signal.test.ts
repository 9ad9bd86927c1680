import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import type { Span } from '@spoor/model';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import {
  encodeBinaryBatch,
  encodeEmitBatch,
  encodePostSpansRequest,
  encodeProtoBatch,
} from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
/** The exit code of a program that stopped in order within five seconds; later it ends itself with 1. */
const STOPPED = 0;
const SENDERS = 4;
const SPANS_A_BATCH = 10;
/** Acknowledged before the signal, at least. */
const ENOUGH = 400;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-stop-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Sends a batch, and resolves with whether it was acknowledged; rejects when nobody is there any more. */
type Post = (spans: readonly Span[]) => Promise<boolean>;

function overGrpc(port: number): Post {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return (spans) =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        '/jaeger.api_v2.CollectorService/PostSpans',
        (batch: Uint8Array) => Buffer.from(encodePostSpansRequest(batch)),
        (answer: Buffer) => answer,
        encodeProtoBatch(spans),
        (error) => {
          if (error === null) resolve(true);
          else if (error.details.includes('is closing')) resolve(false);
          else reject(error);
        },
      );
    });
}

function overHttp(port: number): Post {
  return async (spans) => {
    const { status } = await fetch(`http://127.0.0.1:${port}/api/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-thrift' },
      body: encodeBinaryBatch(spans[0]?.process ?? { serviceName: '', tags: [] }, spans),
    });
    return status === 202;
  };
}

/** Posts until nobody answers; adds the spans of each acknowledged batch. */
async function send(post: Post, seed: number, acknowledged: Span[]): Promise<void> {
  const random = seededRandom(seed);
  for (;;) {
    const spans = usualSpans(random, SPANS_A_BATCH, `sender-${seed}`);
    try {
      if (await post(spans)) acknowledged.push(...spans);
    } catch {
      // The program is gone, which is how each run of this ends.
      return;
    }
  }
}

/** The spans that the store does not have. */
async function missing(spans: readonly Span[]): Promise<string[]> {
  const store = await openEmbeddedStore({ directory });
  const gone: string[] = [];
  try {
    const found = new Map<string, Set<string>>();
    for (const { traceId, spanId } of spans) {
      let inTrace = found.get(traceId);
      if (inTrace === undefined) {
        const trace = await store.reader.trace(traceId);
        inTrace = new Set(trace?.spans.map((span) => span.spanId));
        found.set(traceId, inTrace);
      }
      if (!inTrace.has(spanId)) gone.push(spanId);
    }
  } finally {
    await store.close();
  }
  return gone;
}

function startCollector(...flags: string[]) {
  return startProgram(
    'collector',
    'grpcPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0'],
    ...(flags.length > 0 ? flags : ['--embedded.directory', directory]),
    ...ADMIN,
  );
}

test.each([
  { over: 'gRPC 14250', postTo: overGrpc, logged: 'grpcPort' },
  { over: 'HTTP 14268', postTo: overHttp, logged: 'httpPort' },
])(
  'a collector that is stopped has stored what it acknowledged over $over',
  async ({ postTo, logged }) => {
    const collector = await startCollector();
    const acknowledged: Span[] = [];
    const senders = Array.from({ length: SENDERS }, (_, i) =>
      send(postTo(collector.logged(logged)), i + 1, acknowledged),
    );
    while (acknowledged.length < ENOUGH) await sleep(5);
    expect(await collector.stop()).toBe(STOPPED);
    await Promise.all(senders);
    expect(await missing(acknowledged)).toEqual([]);
  },
);

test('the same through a remote storage, which is stopped behind it', async () => {
  const storage = await startProgram(
    'remote-storage',
    'grpcPort',
    ...['--grpc.host-port', FREE, '--embedded.directory', directory, ...ADMIN],
  );
  const collector = await startCollector(
    ...['--span-storage.type=grpc', `--grpc-storage.server=127.0.0.1:${storage.port}`],
  );
  const acknowledged: Span[] = [];
  const senders = [
    overGrpc(collector.logged('grpcPort')),
    overHttp(collector.logged('httpPort')),
  ].map((post, i) => send(post, i + 1, acknowledged));
  while (acknowledged.length < ENOUGH) await sleep(5);
  // Of both at once, as when a machine goes down.
  const stopped = await Promise.all([collector.stop(), storage.stop()]);
  expect(stopped).toEqual([STOPPED, STOPPED]);
  await Promise.all(senders);
  expect(await missing(acknowledged)).toEqual([]);
});

test('an agent that is stopped delivers every packet that was sent to it before', async () => {
  await using collector = await startCollector();
  const agent = await startProgram(
    'agent',
    'compactPort',
    ...['--processor.jaeger-compact.server-host-port', FREE],
    ...['--processor.jaeger-binary.server-host-port', FREE],
    ...['--http-server.host-port', FREE],
    ...['--processor.zipkin-compact.server-host-port', FREE],
    ...['--reporter.queue.directory', join(directory, 'queue')],
    ...[`--reporter.grpc.host-port=127.0.0.1:${collector.port}`, ...ADMIN],
  );
  const socket = createSocket('udp4');
  const random = seededRandom(3);
  const sent: Span[] = [];
  // Few enough that even a small buffer of the kernel holds them all.
  for (let packet = 0; packet < 60; packet++) {
    const spans = usualSpans(random, 2, 'udp');
    const [first] = spans;
    if (first === undefined) throw new Error('no spans');
    await new Promise<void>((resolve, reject) => {
      socket.send(
        encodeEmitBatch(first.process, spans, packet),
        agent.port,
        '127.0.0.1',
        (error) => (error ? reject(error) : resolve()),
      );
    });
    sent.push(...spans);
  }
  expect(await agent.stop()).toBe(STOPPED);
  socket.close();
  await collector.stop();
  expect(await missing(sent)).toEqual([]);
});
