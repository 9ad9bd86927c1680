import { expect, test } from 'vitest';
import { seededRandom } from '../testkit/random.ts';
import { MessageRing } from './message-ring.ts';
import { parseTraceMessages, traceMessagesJson } from './message-source.ts';
import type { WireMessage } from './wire-message.ts';

const DOOR = { transport: 'udp', port: 6831 } as const;

function message(size: number): WireMessage {
  const sender = { address: '127.0.0.1', port: 40_000 };
  return { layout: 'thrift-compact-call', bytes: new Uint8Array(size), sender, request: '' };
}

/** Of traces 1, 2 and so on. */
function idsOf(...traces: number[]): Uint8Array {
  const ids = new Uint8Array(16 * traces.length);
  traces.forEach((trace, i) => {
    ids[16 * i + 15] = trace;
  });
  return ids;
}

const trace = (number: number) => `000000000000000${number}`;

test('finds the messages that carry spans of a trace, in the order of their arrival', () => {
  let now = 1000;
  const ring = new MessageRing(100_000, () => now++);
  ring.keep(message(10), DOOR, idsOf(1, 1, 2));
  ring.keep(message(20), DOOR, idsOf(3));
  ring.keep(message(30), DOOR, idsOf(2));
  const found = ring.carrying(trace(2));
  expect(found.map(({ number, bytes, arrived }) => [number, bytes.length, arrived])).toEqual([
    [1, 10, 1001],
    [3, 30, 1003],
  ]);
  expect(found[0]).toMatchObject({ ...DOOR, sender: { port: 40_000 } });
  expect(ring.carrying(trace(4))).toEqual([]);
});

test('a trace id of 128 bits is another one than its lower half', () => {
  const ring = new MessageRing(100_000);
  const ids = idsOf(1);
  ids[0] = 0xab;
  ring.keep(message(10), DOOR, ids);
  expect(ring.carrying(trace(1))).toEqual([]);
  expect(ring.carrying('ab000000000000000000000000000001')).toHaveLength(1);
});

test('the oldest goes when there is no room, and it is told since when all are there', () => {
  let now = 1000;
  const ring = new MessageRing(10_000, () => now++);
  expect(ring.state()).toEqual({
    maxBytes: 10_000,
    bytes: 0,
    messages: 0,
    forgotten: 0,
    completeSince: 1000,
  });
  for (let i = 1; i <= 9; i++) ring.keep(message(2_000), DOOR, idsOf(i));
  const { bytes, messages, forgotten, completeSince } = ring.state();
  expect(bytes).toBeLessThanOrEqual(10_000);
  expect({ messages, forgotten, completeSince }).toEqual({
    messages: 4,
    forgotten: 5,
    completeSince: 1005,
  });
  expect(ring.carrying(trace(5))).toEqual([]);
  expect(ring.carrying(trace(6))).toHaveLength(1);
});

test('many small ones are bounded too', () => {
  const ring = new MessageRing(100_000);
  for (let i = 0; i < 1_000; i++) ring.keep(message(1), DOOR, idsOf(1));
  expect(ring.state().messages).toBeLessThan(400);
});

test('one that would take more than a quarter is not kept, and counts as gone', () => {
  let now = 1000;
  const ring = new MessageRing(10_000, () => now++);
  ring.keep(message(10), DOOR, idsOf(1));
  ring.keep(message(2_501), DOOR, idsOf(2));
  expect(ring.carrying(trace(2))).toEqual([]);
  expect(ring.state()).toMatchObject({ messages: 1, forgotten: 1, completeSince: 1002 });
});

test('what is kept is a copy, whatever becomes of the buffer in which it came', () => {
  const ring = new MessageRing(100_000);
  const bytes = new Uint8Array(65_536).fill(7).subarray(100, 104);
  ring.keep({ ...message(0), bytes }, DOOR, idsOf(1));
  bytes.fill(0);
  const [kept] = ring.carrying(trace(1));
  expect([...(kept?.bytes ?? [])]).toEqual([7, 7, 7, 7]);
  // And what was given is not written over by what comes later.
  for (let i = 0; i < 100; i++) ring.keep(message(2_000), DOOR, idsOf(2));
  expect([...(kept?.bytes ?? [])]).toEqual([7, 7, 7, 7]);
  expect(ring.carrying(trace(1))).toEqual([]);
});

test('whatever the sizes, what is kept is whole, and the last that came', () => {
  const ring = new MessageRing(10_000);
  const random = seededRandom(7);
  const sent: number[] = [];
  for (let i = 1; i <= 500; i++) {
    const bytes = new Uint8Array(random.below(2_000)).fill(i);
    sent.push(bytes.length);
    ring.keep({ ...message(0), bytes }, DOOR, idsOf(1));
    const kept = ring.carrying(trace(1));
    expect(kept.map(({ number }) => number)).toEqual(kept.map((_, k) => i - kept.length + 1 + k));
    for (const { number, bytes: own } of kept) {
      expect(own.length).toBe(sent[number - 1]);
      expect(own.every((byte) => byte === number % 256)).toBe(true);
    }
    expect(ring.state()).toMatchObject({ messages: kept.length, forgotten: i - kept.length });
    expect(ring.state().bytes).toBeLessThanOrEqual(10_000);
  }
});

test('a message without spans is not kept', () => {
  const ring = new MessageRing(10_000);
  ring.keep(message(10), DOOR, idsOf());
  expect(ring.state().messages).toBe(0);
});

test('without room for anything nothing is kept', () => {
  const ring = new MessageRing(0);
  ring.keep(message(10), DOOR, idsOf(1));
  expect(ring.isOn).toBe(false);
  expect(ring.state()).toMatchObject({ maxBytes: 0, messages: 0, forgotten: 0 });
});

test('what is told over HTTP is read back as it was', () => {
  const ring = new MessageRing(100_000);
  ring.keep({ ...message(3), bytes: Uint8Array.of(0, 200, 255) }, DOOR, idsOf(1));
  const told = { state: ring.state(), messages: ring.carrying(trace(1)) };
  const read = parseTraceMessages(traceMessagesJson(told));
  expect(read.state).toEqual(told.state);
  expect(read.messages.map((each) => ({ ...each, bytes: [...each.bytes] }))).toEqual(
    told.messages.map((each) => ({ ...each, bytes: [...each.bytes] })),
  );
});

test.each(['', '[]', '{"status":"Server available"}', 'null'])(
  '%j is no list of messages',
  (text) => {
    expect(() => parseTraceMessages(text)).toThrow(SyntaxError);
  },
);
