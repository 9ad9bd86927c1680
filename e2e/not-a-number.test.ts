import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { createLogger } from '@spoor/platform';
import { afterEach, beforeEach, expect, test } from 'vitest';

// One NaN makes every search of a real Jaeger that comes upon it answer 500.

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-nan-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const NOW = Date.parse('2026-11-29T00:00:00Z');

function otlp(traceId: string): string {
  const service = { key: 'service.name', value: { stringValue: 'odd' } };
  const span = {
    traceId,
    spanId: '0000000000000001',
    name: 'otlp',
    startTimeUnixNano: `${NOW}000000`,
    endTimeUnixNano: `${NOW}000000`,
    attributes: ['NaN', 'Infinity', '-Infinity'].flatMap((doubleValue) => [
      { key: 'alone', value: { doubleValue } },
      { key: 'in a list', value: { arrayValue: { values: [{ doubleValue }] } } },
    ]),
  };
  const scopeSpans = [{ spans: [span] }];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: [service] }, scopeSpans }] });
}

/** A list of one span of zipkincore.thrift with a binary annotation of type DOUBLE. */
function zipkin(traceId: number): Buffer {
  const field = (type: number, id: number, ...parts: (number | Buffer)[]) =>
    Buffer.concat([
      Buffer.of(type, 0, id),
      ...parts.map((part) => (typeof part === 'number' ? int64(part) : part)),
    ]);
  const text = (bytes: Buffer) => Buffer.concat([int32(bytes.length), bytes]);
  const struct = (...fields: Buffer[]) => Buffer.concat([...fields, Buffer.of(0)]);
  const list = (item: Buffer) => Buffer.concat([Buffer.of(12), int32(1), item]);
  const nan = Buffer.alloc(8);
  nan.writeDoubleBE(Number.NaN);
  const host = struct(field(11, 3, text(Buffer.from('odd'))));
  const annotation = struct(
    field(10, 1, NOW * 1000),
    field(11, 2, text(Buffer.from('sr'))),
    field(12, 3, host),
  );
  const tag = struct(
    field(11, 1, text(Buffer.from('alone'))),
    field(11, 2, text(nan)),
    field(8, 3, int32(5)),
  );
  return list(
    struct(
      field(10, 1, traceId),
      field(11, 3, text(Buffer.from('zipkin'))),
      field(10, 4, 1),
      field(15, 6, list(annotation)),
      field(15, 8, list(tag)),
      field(10, 10, NOW * 1000),
    ),
  );
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

test.each(['embedded', 'memory'] as const)(
  'a NaN that came as Zipkin or OTLP breaks no search of the %s store',
  { timeout: 30_000 },
  async (type) => {
    const stack = await startAllInOne({
      ports: { ...FREE_PORTS, collectorZipkin: 0 },
      storage: { type, embedded: { directory } },
      clock: () => NOW,
      logger: createLogger({ name: 'nan', level: 'silent' }),
    });
    try {
      const { collectorOtlpHttp, collectorZipkin } = stack.ports;
      const post = async (url: string, type: string, body: string | Buffer) =>
        (await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body })).status;
      const v1 = `http://127.0.0.1:${collectorZipkin}/api/v1/spans`;
      expect(await post(v1, 'application/x-thrift', zipkin(0xa1))).toBe(202);
      const traces = `http://127.0.0.1:${collectorOtlpHttp}/v1/traces`;
      const body = otlp('000000000000000000000000000000b2');
      expect(await post(traces, 'application/json', body)).toBe(200);

      const window = `start=${NOW * 1000 - 1}&end=${NOW * 1000 + 1}`;
      for (const more of ['', '&tag=alone:NaN', `&tags=${encodeURIComponent('{"alone":"NaN"}')}`]) {
        const search = `${stack.queryUrl}/api/traces?service=odd&${window}${more}`;
        const answer = await fetch(search);
        expect(answer.status).toBe(200);
        const { data } = (await answer.json()) as { data: { traceID: string }[] };
        const found = data.map(({ traceID }) => traceID).sort();
        expect(found).toEqual(['00000000000000a1', '00000000000000b2']);
      }
    } finally {
      await stack.close();
    }
  },
);
