import { decodeEmitBatch } from '@spoor/wire';
import { expect, test, vi } from 'vitest';
import { initTracer } from '../config/init-tracer.ts';
import { createCounters } from '../counters.ts';
import { BINARY_BODY } from '../senders/packet-format.ts';
import { UdpSender, type UdpSenderOptions } from '../senders/udp-sender.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { SlowSender } from '../testkit/slow-sender.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import { udpReceiver } from '../testkit/udp-receiver.ts';
import { RemoteReporter, type RemoteReporterOptions } from './remote-reporter.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

/** A tracer over a remote reporter of these options. */
function remoteTracer(
  options: Partial<RemoteReporterOptions> & Pick<RemoteReporterOptions, 'sender'>,
) {
  const counters = createCounters();
  const logger = recordingLogger();
  const reporter = new RemoteReporter({ counters, logger, ...options });
  return { ...testTracer({ reporter, counters }), reporter, lines: logger.lines };
}

const udpSender = (port: number) => new UdpSender({ host: '127.0.0.1', port, onRefused: () => {} });

const names = (count: number) => Array.from({ length: count }, (_, i) => `span ${i}`);

test('601 spans in one burst and close in the same tick: all arrive, in packets that agents take', async () => {
  await using agent = await udpReceiver();
  const { tracer } = remoteTracer({ sender: udpSender(agent.port) });
  // As many bytes as to make five packets.
  const tags = { filler: 'x'.repeat(400) };
  for (const name of names(601)) tracer.startSpan(name, { tags }).finish();
  await tracer.close();
  await agent.received(601);
  expect(agent.spans().map(({ operationName }) => operationName)).toEqual(names(601));
  expect(agent.datagrams.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...agent.datagrams.map(({ length }) => length))).toBeLessThanOrEqual(65_000);
  expect(tracer.counters).toMatchObject({ sampled: 601, reported: 601 });
  expect(tracer.counters.packets).toBe(agent.datagrams.length);
});

test('spans leave without close about a second later, together', async () => {
  await using agent = await udpReceiver();
  const { tracer } = remoteTracer({ sender: udpSender(agent.port), flushInterval: 20 });
  for (const name of names(3)) tracer.startSpan(name).finish();
  await agent.received(3);
  expect(agent.datagrams).toHaveLength(1);
  tracer.startSpan('later').finish();
  await agent.received(4);
  await tracer.close();
});

test('a span too large for a packet is dropped and counted, and the others arrive', async () => {
  await using agent = await udpReceiver();
  const { tracer, lines } = remoteTracer({ sender: udpSender(agent.port) });
  tracer.startSpan('before').finish();
  tracer.startSpan('huge', { tags: { filler: 'x'.repeat(66_000) } }).finish();
  tracer.startSpan('after').finish();
  await tracer.close();
  await agent.received(2);
  expect(agent.spans().map(({ operationName }) => operationName)).toEqual(['before', 'after']);
  expect(tracer.counters).toMatchObject({ sampled: 3, reported: 2, droppedTooLarge: 1 });
  expect(lines).toEqual([expect.stringContaining('span huge is too large for a packet')]);
});

test('over HTTP, a span that is too large is too large for a request', () => {
  const limits = { format: BINARY_BODY, maxPacketSize: 1000 };
  const { tracer, lines } = remoteTracer({ sender: new SlowSender(), ...limits });
  tracer.startSpan('huge', { tags: { filler: 'x'.repeat(1000) } }).finish();
  expect(lines).toEqual([expect.stringContaining('span huge is too large for a request')]);
});

test('an agent that is away breaks nothing and is told once; once it is there, spans arrive', async () => {
  const away = await udpReceiver();
  await away[Symbol.asyncDispose]();
  const logger = recordingLogger();
  const reporter = { agentPort: away.port, flushIntervalMs: 5 };
  const config = { serviceName: 'test', sampler: { type: 'const', param: 1 }, reporter };
  const tracer = initTracer(config, { logger });
  for (const refusals of [1, 2]) {
    tracer.startSpan('lost').finish();
    await vi.waitFor(() => expect(tracer.counters.refused).toBeGreaterThanOrEqual(refusals), SOON);
  }
  await using agent = await udpReceiver(away.port);
  tracer.startSpan('found').finish();
  await tracer.close();
  await agent.received(1);
  expect(agent.spans()).toMatchObject([{ operationName: 'found' }]);
  expect(logger.lines).toEqual([
    `ERROR [client] no jaeger-agent listens on UDP 127.0.0.1:${away.port}: spans are lost; more of this kind is only counted`,
  ]);
});

test('a program that sends its only packet to nobody and closes is told so', async () => {
  const away = await udpReceiver();
  await away[Symbol.asyncDispose]();
  let refused = 0;
  const { port } = away;
  const sender = new UdpSender({ host: '127.0.0.1', port, onRefused: () => refused++ });
  const { tracer } = remoteTracer({ sender });
  tracer.startSpan('lost').finish();
  await tracer.close();
  expect(refused).toBe(1);
});

test('the datagram after a refused one is sent all the same', async () => {
  const away = await udpReceiver();
  await away[Symbol.asyncDispose]();
  let refused = 0;
  const { port } = away;
  const sender = new UdpSender({ host: '127.0.0.1', port, onRefused: () => refused++ });
  await sender.send(new Uint8Array([1]));
  // No turn of the event loop between: the kernel tells of the first one's refusal in the call for the second.
  await using agent = await udpReceiver(port);
  await sender.send(new Uint8Array([2]));
  expect(refused).toBe(1);
  await vi.waitFor(() => expect(agent.datagrams).toEqual([Buffer.from([2])]), SOON);
  await sender.close();
});

test('a name that cannot be looked up is counted and told once, and close ends', async () => {
  const sender = new UdpSender({ host: 'agent.invalid', port: 6831, onRefused: () => {} });
  const { tracer, lines } = remoteTracer({ sender });
  tracer.startSpan('lost').finish();
  await tracer.close();
  expect(tracer.counters).toMatchObject({ reported: 0, droppedUnsent: 1 });
  expect(lines).toEqual([expect.stringMatching(/spans were not sent: .*agent\.invalid/)]);
});

test('close does not wait longer than it may for a name that is being looked up', async () => {
  let answer: (error: Error) => void = () => {};
  const lookup: UdpSenderOptions['lookup'] = (_name, _options, callback) => {
    answer = (error) => callback(error, '', 4);
  };
  const sender = new UdpSender({ host: 'agent.invalid', port: 6831, lookup, onRefused: () => {} });
  const limits = { closeTimeout: 1, maxPacketSize: 400 };
  const { tracer, lines } = remoteTracer({ sender, ...limits });
  for (const name of names(10)) tracer.startSpan(name).finish();
  await tracer.close();
  expect(tracer.counters).toMatchObject({ reported: 0, droppedUnsent: 10 });
  expect(lines).toEqual([expect.stringContaining('closed before UDP agent.invalid:6831')]);
  // Nobody is harmed by what the system says later.
  answer(new Error('no such name'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('close ends even if a sender fails to', async () => {
  const sender = new SlowSender();
  sender.close = () => Promise.reject(new Error('stuck'));
  const { tracer, lines } = remoteTracer({ sender });
  tracer.startSpan('sent').finish();
  await tracer.close();
  expect(tracer.counters.reported).toBe(1);
  expect(lines).toEqual([expect.stringContaining('the sender did not close: stuck')]);
});

test('while the socket is slow the queue fills up to its bound; what comes then is counted', async () => {
  const sender = new SlowSender();
  sender.hold();
  const { tracer } = remoteTracer({ sender, maxPacketSize: 1000, maxQueueBytes: 5000 });
  for (const name of names(200)) tracer.startSpan(name).finish();
  const { droppedQueueFull } = tracer.counters;
  expect(droppedQueueFull).toBeGreaterThan(0);
  sender.letGo();
  await tracer.close();
  const arrived = sender.sent.flatMap((datagram) => decodeEmitBatch(datagram).spans());
  expect(arrived).toHaveLength(200 - droppedQueueFull);
  expect(tracer.counters.reported).toBe(200 - droppedQueueFull);
});

test('at every moment each sampled span is reported, dropped, or counted as waiting', async () => {
  const sender = new SlowSender();
  sender.hold();
  sender.fault = ({ length }) =>
    length > 800 ? 'EMSGSIZE' : sender.sent.length === 2 ? 'ENOBUFS' : undefined;
  const { tracer } = remoteTracer({ sender, maxPacketSize: 1000, maxQueueBytes: 5000 });
  const { counters } = tracer;
  const unaccounted = () => {
    const { sampled, reported, waiting, droppedQueueFull, droppedUnsent } = counters;
    return sampled - reported - waiting - droppedQueueFull - droppedUnsent;
  };
  for (const name of names(100)) {
    tracer.startSpan(name).finish();
    expect(unaccounted()).toBe(0);
  }
  expect(counters.waiting).toBeGreaterThan(10);
  expect(counters.reported).toBe(0);
  sender.letGo();
  const closed = tracer.close();
  while (counters.waiting > 0) {
    expect(unaccounted()).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  expect(unaccounted()).toBe(0);
  expect(counters.droppedUnsent).toBeGreaterThan(0);
});

test('the queue can be bounded in spans, too', async () => {
  const sender = new SlowSender();
  sender.hold();
  const { tracer } = remoteTracer({ sender, maxPacketSize: 400, maxQueueSpans: 10 });
  for (const name of names(100)) tracer.startSpan(name).finish();
  expect(tracer.counters.droppedQueueFull).toBe(90);
  sender.letGo();
  await tracer.close();
  expect(tracer.counters.reported).toBe(10);
});

test.each([
  ['spans', { maxQueueSpans: 10 }],
  ['bytes', { maxQueueBytes: 1000 }],
])(
  'a bound in %s holds for spans that are still packed and for those on their way',
  async (_, limit) => {
    const sender = new SlowSender();
    sender.hold();
    const { tracer } = remoteTracer({ sender, flushInterval: SOON, ...limit });
    // Of a packet that holds a thousand and more, and that leaves only when it is full.
    for (const name of names(1000)) tracer.startSpan(name).finish();
    const { droppedQueueFull } = tracer.counters;
    expect(droppedQueueFull).toBeGreaterThanOrEqual(980);
    // The packet is with the sender now, and what it holds is still under way.
    await new Promise((resolve) => setImmediate(resolve));
    tracer.startSpan('too many').finish();
    expect(tracer.counters.droppedQueueFull).toBe(droppedQueueFull + 1);
    sender.letGo();
    // Nobody waits for the next flush: at the bound, what is packed leaves.
    await vi.waitFor(() => expect(tracer.counters.reported).toBe(1000 - droppedQueueFull), SOON);
    tracer.startSpan('fits again').finish();
    await tracer.close();
    expect(tracer.counters.reported).toBe(1001 - droppedQueueFull);
  },
);

test('packets leave with a pause between them, so that an agent can read', async () => {
  const sender = new SlowSender();
  const pauses: [sent: number, milliseconds: number][] = [];
  const pause = async (milliseconds: number) => pauses.push([sender.sent.length, milliseconds]);
  const { tracer } = remoteTracer({ sender, maxPacketSize: 400, pause });
  for (const name of names(20)) tracer.startSpan(name).finish();
  await tracer.close();
  expect(sender.sent.length).toBeGreaterThan(2);
  expect(pauses).toEqual(sender.sent.slice(1).map((_, before) => [before + 1, 1]));
});

test('a queue that was full takes spans again when it has drained', async () => {
  const sender = new SlowSender();
  sender.hold();
  const { tracer } = remoteTracer({ sender, maxPacketSize: 1000, maxQueueBytes: 2000 });
  for (const name of names(100)) tracer.startSpan(name).finish();
  const dropped = tracer.counters.droppedQueueFull;
  sender.letGo();
  await vi.waitFor(() => expect(tracer.counters.reported).toBeGreaterThan(0), SOON);
  await vi.waitFor(() => {
    tracer.startSpan('again').finish();
    expect(tracer.counters.sampled - 100).toBeGreaterThan(
      tracer.counters.droppedQueueFull - dropped,
    );
  }, SOON);
  await tracer.close();
  const { sampled, reported, droppedQueueFull } = tracer.counters;
  expect(reported + droppedQueueFull).toBe(sampled);
});

test('where the system takes less than UDP allows, packets are halved until they pass', async () => {
  const sender = new SlowSender();
  sender.fault = ({ length }) => (length > 9216 ? 'EMSGSIZE' : undefined);
  const { tracer } = remoteTracer({ sender });
  tracer.startSpan('huge', { tags: { filler: 'x'.repeat(10_000) } }).finish();
  for (const name of names(601)) tracer.startSpan(name).finish();
  await tracer.close();
  const arrived = sender.sent.flatMap((datagram) => decodeEmitBatch(datagram).spans());
  expect(arrived.map(({ operationName }) => operationName)).toEqual(names(601));
  expect(tracer.counters).toMatchObject({ reported: 601, droppedTooLarge: 1, droppedUnsent: 0 });
});

test('errors of the socket are counted and told once, and the next packet is tried', async () => {
  const sender = new SlowSender();
  let calls = 0;
  sender.fault = () => (++calls <= 2 ? 'ENOBUFS' : undefined);
  const { tracer, lines } = remoteTracer({ sender, maxPacketSize: 400 });
  for (const name of names(30)) tracer.startSpan(name).finish();
  await tracer.close();
  const { reported, droppedUnsent } = tracer.counters;
  expect(droppedUnsent).toBeGreaterThanOrEqual(2);
  expect(reported + droppedUnsent).toBe(30);
  expect(lines).toEqual([expect.stringContaining('spans were not sent: send ENOBUFS')]);
});

test('what is finished after close is counted; close may be called again', async () => {
  const sender = new SlowSender();
  const { tracer, reporter } = remoteTracer({ sender });
  const span = tracer.startSpan('late');
  await tracer.close();
  span.finish();
  await Promise.all([tracer.close(), reporter.close()]);
  expect(sender.sent).toEqual([]);
  expect(tracer.counters).toMatchObject({ sampled: 1, reported: 0, droppedClosed: 1 });
});

test('close waits for packets that are already on their way', async () => {
  const sender = new SlowSender();
  sender.hold();
  const { tracer } = remoteTracer({ sender, maxPacketSize: 400 });
  for (const name of names(20)) tracer.startSpan(name).finish();
  const closed = tracer.close();
  setTimeout(() => sender.letGo(), 10);
  await closed;
  expect(tracer.counters.reported).toBe(20);
});
