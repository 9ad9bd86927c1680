import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  counted,
  freePort,
  startAgent,
  startCollector as startOutageCollector,
  storeDirectory,
} from './outage/agent-and-collector.ts';
import { compareWithStore } from './outage/compare.ts';
import { POSTS, type Post } from './post-spans.ts';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
/** The exit code of a program that lost nothing and stopped in order; one that has not after 4.5 seconds ends itself with 1. */
const STOPPED = 0;
const SENDERS = 4;
const SPANS_A_BATCH = 10;
/** Acknowledged before the signal, at least. */
const ENOUGH = 400;
const NONE_LOST = { missing: 0, twice: expect.any(Number) };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-stop-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Posts one batch behind the other until `ended`; adds the spans of each that is acknowledged. */
async function send(post: Post, seed: number, acknowledged: Span[], ended: AbortSignal) {
  const random = seededRandom(seed);
  while (!ended.aborted) {
    const spans = usualSpans(random, SPANS_A_BATCH, `sender-${seed}`);
    // Without an answer nothing was acknowledged; that is what a sender sees of a program that has gone.
    if (await post(spans).catch(() => false)) acknowledged.push(...spans);
    else await sleep(1);
  }
}

function startCollector(...flags: string[]) {
  const doors = [
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'collector.zipkin.host-port',
    'collector.port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=${FREE}`);
  const store = flags.length > 0 ? flags : ['--embedded.directory', directory];
  return startProgram('collector', 'grpcPort', ...doors, ...store);
}

/** Connections that hold nobody up: one that never says a word, and one that stops in the midst of it. */
async function idlers(port: number): Promise<Socket[]> {
  const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  sockets[1]?.write('POST /api/traces HTTP/1.1\r\nHost: h\r\nContent-Le');
  // They are closed by the other end, in whichever way.
  for (const socket of sockets) socket.on('error', () => socket.destroy());
  return sockets;
}

const LOGGED: Readonly<Record<string, string>> = {
  'gRPC 14250': 'grpcPort',
  'TChannel 14267': 'tchannelPort',
  'HTTP 14268': 'httpPort',
  'Zipkin 9411': 'zipkinPort',
  'OTLP 4317': 'otlpGrpcPort',
  'OTLP 4318': 'otlpHttpPort',
};

test.each(Object.entries(POSTS))(
  'a collector that is stopped has stored what it acknowledged over %s',
  async (door, postTo) => {
    await using collector = await startCollector();
    const port = collector.logged(LOGGED[door] as string);
    const idle = await idlers(port);
    const acknowledged: Span[] = [];
    const ended = new AbortController();
    const senders = Array.from({ length: SENDERS }, (_, i) =>
      send(postTo(port), i + 1, acknowledged, ended.signal),
    );
    try {
      while (acknowledged.length < ENOUGH) await sleep(5);
      expect(await collector.stop(), collector.lines.at(-1)).toBe(STOPPED);
    } finally {
      ended.abort();
      await Promise.all(senders);
      for (const socket of idle) socket.destroy();
    }
    expect(await compareWithStore(directory, acknowledged)).toEqual(NONE_LOST);
  },
);

test('the same through a remote storage, which is stopped behind it', async () => {
  await using storage = await startProgram(
    'remote-storage',
    'grpcPort',
    ...['--grpc.host-port', FREE, '--embedded.directory', directory, ...ADMIN],
  );
  await using collector = await startCollector(
    ...['--span-storage.type=grpc', `--grpc-storage.server=127.0.0.1:${storage.port}`],
  );
  const acknowledged: Span[] = [];
  const ended = new AbortController();
  const senders = ['gRPC 14250', 'HTTP 14268'].map((door, i) => {
    const post = POSTS[door]?.(collector.logged(LOGGED[door] as string)) as Post;
    return send(post, i + 1, acknowledged, ended.signal);
  });
  try {
    while (acknowledged.length < ENOUGH) await sleep(5);
    // Of both at once, as when a machine goes down.
    const stopped = await Promise.all([collector.stop(), storage.stop()]);
    expect(stopped).toEqual([STOPPED, STOPPED]);
  } finally {
    ended.abort();
    await Promise.all(senders);
  }
  expect(await compareWithStore(directory, acknowledged)).toEqual(NONE_LOST);
});

test('an agent that is stopped delivers every packet that was sent to it before, or its next run does', {
  timeout: 120_000,
}, async () => {
  const place = { way: 'gRPC', port: await freePort(), directory } as const;
  await using collector = await startOutageCollector(place);
  const sent: Span[] = [];
  {
    await using agent = await startAgent(place);
    const socket = createSocket('udp4');
    const random = seededRandom(3);
    // Few enough that even a small buffer of the kernel holds them all.
    for (let packet = 0; packet < 60; packet++) {
      const spans = usualSpans(random, 2, 'udp') as [Span, Span];
      const bytes = encodeEmitBatch(spans[0].process, spans, packet);
      await new Promise<void>((resolve, reject) => {
        socket.send(bytes, agent.port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
      });
      sent.push(...spans);
    }
    socket.close();
    expect(await agent.stop()).toBe(STOPPED);
  }
  {
    await using next = await startAgent(place);
    const left = 'spoor_agent_queue_bytes{where="disk"}';
    await vi.waitUntil(async () => (await counted(next, left)) === 0, { timeout: 60_000 });
  }
  await collector.stop();
  expect(await compareWithStore(storeDirectory(place), sent)).toEqual({ missing: 0, twice: 0 });
});
