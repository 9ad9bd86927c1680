import type { Process, Span } from '@spoor/model';
import { decodeEmitBatch } from '@spoor/wire';
import { expect, test } from 'vitest';
import { Packer } from './packer.ts';
import { halvesOf, type Packet, packetOf } from './packet.ts';
import { COMPACT_DATAGRAM } from './packet-format.ts';

const process: Process = { serviceName: 'packer', tags: [] };

/** A span whose length on the wire grows with `filler`, byte for byte within the same length of its length. */
const span = (operationName: string, filler = 0, of = process): Span => ({
  traceId: '0000000000000001',
  spanId: '0000000000000002',
  operationName,
  references: [],
  flags: 1,
  startTime: 1_795_370_337_336_746,
  duration: 10,
  tags: [{ key: 'filler', type: 'string', value: 'x'.repeat(filler) }],
  logs: [],
  process: of,
  warnings: [],
});

/** Adds all spans and gives the packets. */
function pack(maxSize: number, spans: readonly Span[]): Packet[] {
  const packets: Packet[] = [];
  const packer = new Packer({ ...COMPACT_DATAGRAM, maxSize }, (packet) => packets.push(packet));
  for (const each of spans) packer.add(each);
  packer.flush();
  return packets;
}

const datagramOf = ({ process, spans }: Packet) =>
  COMPACT_DATAGRAM.join(process, spans, 0xffffffff);
const namesIn = (packet: Packet) =>
  decodeEmitBatch(datagramOf(packet))
    .spans()
    .map(({ operationName }) => operationName);

test('every span is in exactly one packet and in order, wherever the border falls', () => {
  const spans = Array.from({ length: 40 }, (_, i) => span(`s${i}`, 3 * i));
  const names = spans.map(({ operationName }) => operationName);
  for (let maxSize = 300; maxSize < 900; maxSize += 17) {
    const packets = pack(maxSize, spans);
    expect(packets.flatMap(namesIn)).toEqual(names);
    for (const packet of packets) expect(datagramOf(packet).length).toBeLessThanOrEqual(maxSize);
  }
});

test('the size of a packet is known before it is written', () => {
  for (const count of [1, 14, 15, 127, 128, 200]) {
    const packet = pack(65_000, Array(count).fill(span('same')))[0] as Packet;
    expect(datagramOf(packet)).toHaveLength(packet.size);
  }
});

test('a packet is filled to the last byte, and not beyond', () => {
  const two = [span('first', 150), span('second', 150)];
  const whole = pack(65_000, two)[0] as Packet;
  expect(pack(whole.size, two)).toHaveLength(1);
  expect(pack(whole.size - 1, two)).toHaveLength(2);
});

test('a span that fills a packet alone is packed, and one byte more is refused', () => {
  const alone = pack(65_000, [span('alone', 20_000)])[0] as Packet;
  const packer = new Packer({ ...COMPACT_DATAGRAM, maxSize: alone.size }, () => {});
  expect(packer.add(span('alone', 20_000))).toBe(true);
  expect(packer.add(span('alone', 20_001))).toBe(false);
});

test('spans of two processes never share a packet', () => {
  const other: Process = { serviceName: 'other', tags: [] };
  const packets = pack(65_000, [span('a'), span('b', 0, other), span('c', 0, other)]);
  expect(packets.map(namesIn)).toEqual([['a'], ['b', 'c']]);
});

test('halves hold all spans of the whole', () => {
  const packet = pack(65_000, [span('a'), span('b'), span('c')])[0] as Packet;
  const [first, second] = halvesOf(packet, COMPACT_DATAGRAM);
  expect([first, second].map(namesIn)).toEqual([['a'], ['b', 'c']]);
  expect(first).toEqual(packetOf(packet.process, packet.spans.slice(0, 1), COMPACT_DATAGRAM));
});
