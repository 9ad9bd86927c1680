import { fileURLToPath } from 'node:url';
import { bytesFromHex, spanIdFromInt64, traceIdFromHighLow } from '@spoor/model';
import protobuf from 'protobufjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeOtlpJson, decodeOtlpProto } from './otlp/export-traces.ts';
import { type Random, randomText, seededRandom } from './testkit/index.ts';
import { decodeZipkinV2Json, decodeZipkinV2Proto } from './zipkin/zipkin-spans.ts';

// The same random spans, written in proto by another implementation from the files in protos/, and in JSON by nobody but
// JSON.stringify, are the same to our readers. What one of them misread, the other would have to misread alike.

const PROTOS = fileURLToPath(new URL('../../../protos', import.meta.url));

let exportRequest: protobuf.Type;
let listOfSpans: protobuf.Type;

beforeAll(async () => {
  const load = (file: string) => protobuf.load(`${PROTOS}/${file}`);
  const otlp = 'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest';
  exportRequest = (await load('otlp.proto')).lookupType(otlp);
  listOfSpans = (await load('zipkin.proto')).lookupType('zipkin.proto3.ListOfSpans');
});

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

function listOf<T>(random: Random, most: number, item: () => T): T[] {
  return Array.from({ length: random.below(most + 1) }, item);
}

/** A time in nanoseconds of the years to 2200, as text: no JavaScript number is exact. */
const nanos = (random: Random) => String(BigInt.asUintN(62, random.int64()));

const traceHex = (random: Random) =>
  traceIdFromHighLow(random.oneIn(2) ? random.int64() : 0n, random.int64()).padStart(32, '0');
const spanHex = (random: Random) => spanIdFromInt64(random.int64() | 1n);

describe('OTLP', () => {
  function anyValue(random: Random, depth: number): object {
    switch (random.below(depth > 2 ? 6 : 8)) {
      case 0:
        return { boolValue: random.oneIn(2) };
      case 1:
        return { intValue: String(random.int64()) };
      case 2:
        return { doubleValue: random.pick([0, 0.25, -1e300, 5e-324, 'NaN', 'Infinity']) };
      case 3:
        return { bytesValue: Buffer.from(random.bytes(random.below(9))).toString('base64') };
      case 6:
        return { arrayValue: { values: listOf(random, 3, () => anyValue(random, depth + 1)) } };
      case 7:
        return { kvlistValue: { values: attributes(random, depth + 1) } };
      default:
        return { stringValue: wellFormed(random) };
    }
  }

  function attributes(random: Random, depth = 0): object[] {
    return listOf(random, 4, () => ({ key: wellFormed(random), value: anyValue(random, depth) }));
  }

  function request(random: Random) {
    return {
      resourceSpans: listOf(random, 2, () => ({
        resource: { attributes: attributes(random) },
        scopeSpans: listOf(random, 2, () => ({
          scope: { name: wellFormed(random), version: wellFormed(random) },
          spans: listOf(random, 3, () => ({
            traceId: traceHex(random),
            spanId: spanHex(random),
            parentSpanId: random.oneIn(2) ? spanHex(random) : '',
            traceState: wellFormed(random),
            name: wellFormed(random),
            kind: random.below(7),
            startTimeUnixNano: nanos(random),
            endTimeUnixNano: nanos(random),
            attributes: attributes(random),
            events: listOf(random, 3, () => ({
              timeUnixNano: nanos(random),
              name: wellFormed(random),
              attributes: attributes(random),
            })),
            links: listOf(random, 3, () => ({
              traceId: traceHex(random),
              spanId: spanHex(random),
              attributes: attributes(random),
            })),
            status: { code: random.below(3), message: wellFormed(random) },
          })),
        })),
      })),
    };
  }

  it.each(SEEDS)('of seed %i', (seed) => {
    const value = request(seededRandom(seed));
    const json = Buffer.from(JSON.stringify(value));
    const proto = exportRequest.encode(exportRequest.fromObject(hexAsBytes(value))).finish();
    expect(decodeOtlpProto(proto).spans()).toEqual(decodeOtlpJson(json).spans());
  });
});

describe('Zipkin v2', () => {
  function endpoint(random: Random) {
    return {
      serviceName: wellFormed(random),
      ipv4: random.oneIn(2) ? random.bytes(4).join('.') : '',
      ipv6: random.oneIn(2) ? ipv6(random) : '',
      port: random.below(65_536),
    };
  }

  function span(random: Random) {
    return {
      traceId: traceHex(random),
      id: spanHex(random),
      parentId: random.oneIn(2) ? spanHex(random) : '',
      kind: random.pick(['CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER']),
      name: wellFormed(random),
      timestamp: 1 + random.below(2 ** 50),
      duration: random.below(2 ** 50),
      localEndpoint: endpoint(random),
      remoteEndpoint: endpoint(random),
      annotations: listOf(random, 3, () => ({
        timestamp: 1 + random.below(2 ** 50),
        value: wellFormed(random),
      })),
      tags: Object.fromEntries(listOf(random, 4, () => [wellFormed(random), wellFormed(random)])),
    };
  }

  it.each(SEEDS)('of seed %i', (seed) => {
    const random = seededRandom(seed);
    const spans = listOf(random, 5, () => span(random));
    const proto = listOfSpans.fromObject({
      spans: spans.map((one) => ({
        ...one,
        traceId: bytesFromHex(one.traceId),
        id: bytesFromHex(one.id),
        parentId: bytesFromHex(one.parentId),
        localEndpoint: addressesAsBytes(one.localEndpoint),
        remoteEndpoint: addressesAsBytes(one.remoteEndpoint),
      })),
    });
    const json = Buffer.from(JSON.stringify(spans));
    const fromProto = decodeZipkinV2Proto(listOfSpans.encode(proto).finish()).spans();
    expect(fromProto).toEqual(decodeZipkinV2Json(json).spans());
  });
});

/** No half of a surrogate pair, of which each writer makes something else. */
function wellFormed(random: Random): string {
  return Buffer.from(randomText(random)).toString();
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

/** Ids as proto has them, and numbers that JSON has no form for. */
function hexAsBytes(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) => {
    if (IDS.has(key)) return Buffer.from(bytesFromHex(member as string)).toString('base64');
    return key === 'doubleValue' ? Number(member) : member;
  });
}

function ipv6(random: Random): string {
  const groups = Array.from({ length: 8 }, () => random.pick([0, 0, 1, 0xff, 0xffff]).toString(16));
  return ['2001', ...groups.slice(1)].join(':');
}

function addressesAsBytes({ ipv4, ipv6: six, ...rest }: { ipv4: string; ipv6: string }) {
  return {
    ...rest,
    ipv4: ipv4 === '' ? [] : ipv4.split('.').map(Number),
    ipv6: six.split(':').flatMap((group) => {
      const number = Number.parseInt(group, 16);
      return group === '' ? [] : [number >> 8, number & 0xff];
    }),
  };
}
