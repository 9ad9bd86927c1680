import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMuteServer } from './mute-server.ts';
import {
  counted,
  freePort,
  startAgent,
  startCollector,
  storeDirectory,
  WAYS,
  type Way,
} from './outage/agent-and-collector.ts';
import { compareWithStore } from './outage/compare.ts';
import { POSTS } from './post-spans.ts';
import { type Program, startProgram } from './program.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 60_000;
/** For a test that starts several programs. */
const timeout = 240_000;
/** Exit codes. One that has not stopped after 4.5 seconds ends itself with 1, too, but then says `did not stop`. */
const [NOTHING_LOST, LOST] = [0, 1];
const FREE = '127.0.0.1:0';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-hung-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** More than an agent has under way at once. */
const PACKETS = 50;

/** Sends packets of one span each, and waits until the agent has taken them. */
async function sendPackets(agent: Program): Promise<Span[]> {
  const socket = createSocket('udp4');
  const random = seededRandom(7);
  const sent: Span[] = [];
  try {
    for (let packet = 1; packet <= PACKETS; packet++) {
      const spans = usualSpans(random, 1, 'hung') as [Span];
      const bytes = encodeEmitBatch(spans[0].process, spans, packet);
      await new Promise<void>((resolve, reject) => {
        socket.send(bytes, agent.port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
      });
      sent.push(...spans);
    }
  } finally {
    socket.close();
  }
  const processed = 'jaeger_agent_thrift_udp_server_packets_processed_total{protocol="compact"';
  await vi.waitUntil(async () => (await counted(agent, processed)) === PACKETS, { timeout: SOON });
  return sent;
}

/** A connection to where clients ask, which never says a word. */
async function idleConnection(agent: Program): Promise<AsyncDisposable> {
  const port = await vi.waitFor(() => agent.logged('httpPort'), { timeout: SOON });
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => socket.destroy());
  return {
    async [Symbol.asyncDispose]() {
      socket.destroy();
    },
  };
}

describe.each(Object.keys(WAYS) as Way[])('an agent whose collector hangs, over %s', (way) => {
  test('leaves what it could not deliver to its next run', { timeout }, async () => {
    await using mute = await startMuteServer();
    let sent: Span[];
    {
      await using agent = await startAgent({ way, port: mute.port, directory });
      await using _idle = await idleConnection(agent);
      sent = await sendPackets(agent);
      expect(await agent.stop(), agent.lines.at(-1)).toBe(NOTHING_LOST);
    }
    const place = { way, port: await freePort(), directory };
    {
      await using _collector = await startCollector(place);
      await using agent = await startAgent(place);
      const waiting = 'spoor_agent_queue_bytes{where="disk"}';
      await vi.waitUntil(async () => (await counted(agent, waiting)) === 0, { timeout: SOON });
    }
    expect(await compareWithStore(storeDirectory(place), sent)).toEqual({ missing: 0, twice: 0 });
  });

  test('without a disk says what it lost, and ends with 1', async () => {
    await using mute = await startMuteServer();
    const noDisk = '--reporter.queue.disk-bytes=0';
    await using agent = await startAgent({ way, port: mute.port, directory }, noDisk);
    await using _idle = await idleConnection(agent);
    await sendPackets(agent);
    expect(await agent.stop()).toBe(LOST);
    expect(agent.lines.at(-1)).toBe(
      `[agent] lost ${PACKETS} spans in ${PACKETS} batches: not delivered`,
    );
  });
});

const STORES: Readonly<Record<string, (port: number) => string[]>> = {
  cassandra: (port) => ['--cassandra.servers=127.0.0.1', `--cassandra.port=${port}`],
  elasticsearch: (port) => [`--es.server-urls=http://127.0.0.1:${port}`],
  grpc: (port) => [`--grpc-storage.server=127.0.0.1:${port}`],
};

/** What the programs that have a store are started with, beside it. */
const DOORS = {
  collector: [
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'collector.port',
  ],
  query: ['query.http-server.host-port', 'query.grpc-server.host-port'],
  'remote-storage': ['grpc.host-port'],
} as const;

function startWith(type: string, port: number, name: keyof typeof DOORS): Promise<Program> {
  const doors = [...DOORS[name], 'admin.http.host-port'].map((flag) => `--${flag}=${FREE}`);
  const logged = name === 'query' ? 'port' : 'grpcPort';
  const store = [`--span-storage.type=${type}`, ...(STORES[type]?.(port) ?? [])];
  return startProgram(name, logged, ...doors, ...store);
}

describe.each(Object.keys(STORES))('with a store that hangs (%s)', (type) => {
  const programs = ['collector', 'query', 'remote-storage'] as const;
  // A remote storage refuses to be its own store's client, and needs no other.
  test.each(type === 'grpc' ? programs.slice(0, 2) : programs)(
    '%s stops, and has lost nothing',
    async (name) => {
      await using mute = await startMuteServer();
      await using program = await startWith(type, mute.port, name);
      // Somebody asks for its health all the time, and so for the store.
      const admin = `http://127.0.0.1:${program.logged('adminPort')}/`;
      const asked: Promise<unknown>[] = [];
      const asks = () => {
        asked.push(fetch(admin).catch(() => undefined));
        return mute.bytesRead > 0;
      };
      await vi.waitUntil(asks, { timeout: SOON });
      expect(await program.stop(), program.lines.at(-1)).toBe(NOTHING_LOST);
      await Promise.all(asked);
    },
  );

  test('a collector says what its senders were not told, and ends with 1', async () => {
    await using mute = await startMuteServer();
    await using collector = await startWith(type, mute.port, 'collector');
    const post = POSTS['HTTP 14268']?.(collector.logged('httpPort'));
    const posted = post?.(usualSpans(seededRandom(1), 3)).catch(() => false);
    const underWay = 'jaeger_collector_queue_length';
    await vi.waitUntil(async () => (await counted(collector, underWay)) === 3, { timeout: SOON });
    expect(await collector.stop()).toBe(LOST);
    expect(await posted).toBe(false);
    expect(collector.lines.at(-1)).toBe(
      '[collector] 3 spans were on their way to the store, which did not answer: not acknowledged, stored or not',
    );
  });
});

test('a collector that cannot forward says what it did not, and ends with 1', async () => {
  await using mute = await startMuteServer();
  const doors = [...DOORS.collector, 'admin.http.host-port'].map((flag) => `--${flag}=${FREE}`);
  const forward = `--collector.forward.otlp=http://127.0.0.1:${mute.port}`;
  const store = `--embedded.directory=${directory}`;
  await using collector = await startProgram('collector', 'grpcPort', ...doors, forward, store);
  expect(
    await POSTS['HTTP 14268']?.(collector.logged('httpPort'))(usualSpans(seededRandom(1), 3)),
  ).toBe(true);
  expect(await collector.stop()).toBe(LOST);
  expect(collector.lines.at(-1)).toBe('[collector] 3 spans are stored, but were not forwarded');
});

describe('while it starts', () => {
  const main = fileURLToPath(new URL('../tracing-stack/collector/src/main.ts', import.meta.url));

  function start(...flags: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], {
      stdio: ['ignore', 'inherit', 'pipe'],
      // Of a test whose time is over nothing is disposed of.
      timeout: SOON - 5000,
      killSignal: 'SIGKILL',
    });
    const ended = Promise.all([once(child, 'exit'), text(child.stderr)]);
    return {
      child,
      ended,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  test.skipIf(process.platform !== 'linux')(
    'a folder that cannot be made is one line, and nobody waits for it',
    async () => {
      await using collector = start(
        '--embedded.directory=/proc/nope',
        `--admin.http.host-port=${FREE}`,
        '--log-level=error',
      );
      const [[code], printed] = await collector.ended;
      expect(printed).toMatch(/^\[embedded\] cannot keep spans in \/proc\/nope: ENOENT[^\n]*\n$/);
      expect(code).toBe(1);
    },
  );

  test('a program that hangs is ended by a signal all the same', async () => {
    const fifo = join(directory, 'flags.yaml');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    await using collector = start(`--config-file=${fifo}`);
    // Nobody may open it for writing before the program has opened it for reading, which then waits for ever.
    const flags = constants.O_WRONLY | constants.O_NONBLOCK;
    const writer = await vi.waitFor(() => open(fifo, flags), { timeout: SOON });
    try {
      collector.child.kill('SIGTERM');
      const [exit, printed] = await collector.ended;
      expect(printed).toBe('[collector] did not stop within 4.5 s\n');
      // Node would wait for the thread that reads.
      expect(exit).toEqual([null, 'SIGKILL']);
    } finally {
      await writer.close();
    }
  });
});
