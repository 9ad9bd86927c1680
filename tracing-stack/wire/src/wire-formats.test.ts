import { readFileSync } from 'node:fs';
import type { Process, Span } from '@spoor/model';
import { expect, it } from 'vitest';
import { decodePostSpansRequest, encodePostSpansRequest } from './jaeger-proto/post-spans.ts';
import { protoBatchBytes } from './jaeger-proto/proto-encode.ts';
import { encodeBinaryBatch } from './jaeger-thrift/binary-encode.ts';
import { decodeEmitBatch, decodeEmitBatchBinary } from './jaeger-thrift/emit-batch.ts';
import { encodeEmitBatch } from './jaeger-thrift/emit-batch-datagram.ts';
import { decodeSubmitBatches, encodeSubmitBatches } from './jaeger-thrift/submit-batches.ts';
import { binaryBatch } from './jaeger-thrift/thrift-batch.ts';
import { ArgumentJoiner } from './tchannel/call-arguments.ts';
import { decodeCallReq, encodeCallReq } from './tchannel/call-req.ts';
import { decodeFrame } from './tchannel/frame.ts';
import { NO_TRACING } from './tchannel/tracing.ts';
import { binaryLayout } from './testkit/index.ts';
import { CompactType } from './thrift/compact-type.ts';

// docs/wire-formats.md lays out one span in every format. What it says must be what the code does.

const page = readFileSync(new URL('../../../docs/wire-formats.md', import.meta.url), 'utf8');

const process: Process = { serviceName: 'inner', tags: [] };
const span: Span = {
  traceId: '00000000000000a1',
  spanId: '00000000000000b2',
  operationName: 'hi',
  references: [{ refType: 'CHILD_OF', traceId: '00000000000000a1', spanId: '00000000000000a1' }],
  flags: 1,
  startTime: 1_000_000,
  duration: 5,
  tags: [{ key: 'n', type: 'int64', value: 7n }],
  logs: [],
  process,
  warnings: [],
};

/** The hex of the first column of the table under a heading. */
function bytesUnder(heading: string): Buffer {
  const section = page.split('\n## ').find((text) => text.startsWith(heading)) ?? '';
  const cells = [...section.matchAll(/^\| `([0-9a-f ]+)` \|/gm)].map(([, hex]) => hex);
  return Buffer.from(cells.join('').replaceAll(' ', ''), 'hex');
}

it('the datagram on the page is the one that is sent and read', () => {
  const bytes = bytesUnder('UDP 6831');
  expect(Buffer.from(encodeEmitBatch(process, [span], 1)).toString('hex')).toBe(
    bytes.toString('hex'),
  );
  expect(decodeEmitBatch(bytes).spans()).toEqual([span]);
});

it('the body on the page is the one that is posted and read', () => {
  const bytes = bytesUnder('HTTP 14268');
  expect(Buffer.from(encodeBinaryBatch(process, [span])).toString('hex')).toBe(
    bytes.toString('hex'),
  );
  expect(binaryBatch(bytes).spans()).toEqual([span]);
});

it('the binary datagram on the page is one that is read', () => {
  const around = bytesUnder('UDP 6832');
  const batch = bytesUnder('HTTP 14268');
  const bytes = Buffer.concat([around.subarray(0, -1), batch, around.subarray(-1)]);
  const { field, message, struct } = binaryLayout;
  const args = struct(field(1, CompactType.STRUCT, [...batch]));
  expect(bytes.toString('hex')).toBe(Buffer.from(message(4, 'emitBatch', args)).toString('hex'));
  expect(decodeEmitBatchBinary(bytes).spans()).toEqual([span]);
});

it('the request on the page is the one that is sent and read', () => {
  const bytes = bytesUnder('gRPC 14250');
  const batch = decodeEmitBatch(bytesUnder('UDP 6831'));
  const request = encodePostSpansRequest(protoBatchBytes(batch));
  expect(Buffer.from(request).toString('hex')).toBe(bytes.toString('hex'));
  expect(decodePostSpansRequest(bytes).spans()).toEqual([span]);
});

it('the frame on the page is the one that is sent and read', () => {
  const around = bytesUnder('TChannel 14267');
  const bytes = Buffer.concat([
    around.subarray(0, -1),
    bytesUnder('HTTP 14268'),
    around.subarray(-1),
  ]);
  const head = {
    ttl: 1000,
    tracing: NO_TRACING,
    service: 'jaeger-collector',
    headers: new Map([
      ['as', 'thrift'],
      ['cn', 'jaeger-agent'],
    ]),
  };
  const method = Buffer.from('Collector::submitBatches');
  const batches = encodeSubmitBatches([encodeBinaryBatch(process, [span])]);
  const args = [method, Buffer.from([0, 0]), batches] as const;
  const frames = encodeCallReq(head, { id: 2, checksumType: 1, args });
  expect(frames.map((frame) => frame.toString('hex'))).toEqual([bytes.toString('hex')]);
  const read = new ArgumentJoiner(1000).add(decodeCallReq(decodeFrame(bytes)).fragment);
  expect(decodeSubmitBatches(read?.[2] as Buffer)[0]?.spans()).toEqual([span]);
});
