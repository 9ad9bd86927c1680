import { captures } from '@spoor/fixtures';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import {
  binaryLayout,
  compactField,
  compactLayout,
  compactList,
  compactMessage,
  compactStruct,
  compactText,
  emitBatchCall,
  oldBinaryMessage,
  reportingBatch,
} from '../testkit/index.ts';
import { CompactType } from '../thrift/compact-type.ts';
import { decodeEmitBatch, decodeEmitBatchBinary } from './emit-batch.ts';

const { BINARY, LIST, STRUCT, I64 } = CompactType;
const PROCESS = compactField(1, STRUCT, compactStruct(compactField(1, BINARY, compactText('s'))));
const BATCH = compactStruct(PROCESS, compactField(2, LIST, compactList(STRUCT, [])));
const ARGS = compactStruct(compactField(1, STRUCT, BATCH));

describe.each([
  ['compact', compactLayout, decodeEmitBatch],
  ['binary', binaryLayout, decodeEmitBatchBinary],
] as const)('what a client says of itself, in the %s protocol', (_, layout, decode) => {
  const dropped = { fullQueue: 1, tooLarge: 2, sendFailure: 300 };
  const named = { uuid: 'a1b2', seqNo: 70_000 };
  it.each([
    [
      { ...named, dropped },
      { ...named, dropped },
    ],
    [named, named],
    [{ ...named, dropped: { fullQueue: 1, tooLarge: 2 } }, named],
    [{ seqNo: 1, dropped }, undefined],
    [{ uuid: 'a1b2', dropped }, undefined],
    [{}, undefined],
  ])('%j is read as %j', (report, expected) => {
    const batch = decode(emitBatchCall(layout, reportingBatch(layout, report)));
    expect(batch.index().client).toEqual(expected);
    expect(batch.spans()).toEqual([]);
  });
});

describe('a datagram', () => {
  it.each([1, 4])('may be of message type %i', (type) => {
    const batch = decodeEmitBatch(compactMessage(type, 'emitBatch', ARGS));
    expect(batch.encoding).toBe('jaeger-thrift-compact');
    expect([...batch.bytes]).toEqual(BATCH);
    expect(batch.index().processes[0]?.serviceName).toBe('s');
  });

  it('may hold other arguments, and bytes behind the message', () => {
    const args = compactStruct(
      compactField(2, I64, [2]),
      compactField(1, STRUCT, BATCH),
      compactField(3, STRUCT, BATCH),
    );
    const message = compactMessage(4, 'emitBatch', args);
    expect([...decodeEmitBatch(Buffer.concat([message, Buffer.alloc(9)])).bytes]).toEqual(BATCH);
  });

  const message = (...bytes: number[]) => Uint8Array.from(bytes);
  it.each<[string, Uint8Array, string]>([
    ['nothing', message(), 'the bytes end too early at byte 0'],
    [
      'the binary protocol, which is for 6832',
      message(0x80, 1, 0, 1),
      'not a message in the compact Thrift protocol at byte 0',
    ],
    [
      'another version',
      message(0x82, 0x82, 0),
      'not a message in the compact Thrift protocol at byte 0',
    ],
    [
      'a reply',
      compactMessage(2, 'emitBatch', ARGS),
      'message type 2 where a call was expected at byte 1',
    ],
    [
      'Zipkin spans',
      compactMessage(1, 'emitZipkinBatch', compactStruct()),
      'method "emitZipkinBatch" where "emitBatch" was expected at byte 4',
    ],
    [
      'a method of 60 KB',
      compactMessage(1, 'x'.repeat(60_000), ARGS),
      `method "${'x'.repeat(64)}" where`,
    ],
    [
      'no batch',
      compactMessage(1, 'emitBatch', compactStruct()),
      'emitBatch without a batch at byte 14',
    ],
    [
      'two batches',
      compactMessage(
        1,
        'emitBatch',
        compactStruct(compactField(1, STRUCT, BATCH), compactField(1, STRUCT, BATCH)),
      ),
      'emitBatch with two batches',
    ],
    [
      'a batch without a process',
      compactMessage(
        1,
        'emitBatch',
        compactStruct(compactField(1, STRUCT, compactStruct(compactField(2, LIST, [12])))),
      ),
      'required field process of Batch is missing',
    ],
  ])('with %s is refused in plain words', (_, bytes, words) => {
    const refused = () => decodeEmitBatch(bytes);
    expect(refused).toThrow(DecodeError);
    expect(refused).toThrow(words);
  });
});

describe('a datagram in the binary protocol', () => {
  const { field, struct, list, text, message } = binaryLayout;
  const process = field(1, STRUCT, struct(field(1, BINARY, text('s'))));
  const batch = struct(process, field(2, LIST, list(STRUCT, [])));
  const args = struct(field(1, STRUCT, batch));

  it.each([
    ['a strict call', message(1, 'emitBatch', args)],
    ['a strict one-way call', message(4, 'emitBatch', args)],
    ['an old call', oldBinaryMessage(1, 'emitBatch', args)],
    ['an old one-way call', oldBinaryMessage(4, 'emitBatch', args)],
  ])('may be %s', (_, bytes) => {
    const decoded = decodeEmitBatchBinary(bytes);
    expect(decoded.encoding).toBe('jaeger-thrift-binary');
    expect([...decoded.bytes]).toEqual(batch);
    expect(decoded.index().processes[0]?.serviceName).toBe('s');
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'the bytes end too early at byte 0'],
    [
      'the compact protocol, which is for 6831',
      compactMessage(4, 'emitBatch', ARGS),
      'not a message in the binary Thrift protocol at byte 0',
    ],
    [
      'another version',
      Uint8Array.of(0x80, 2, 0, 1),
      'not a message in the binary Thrift protocol at byte 0',
    ],
    [
      'a reply',
      message(2, 'emitBatch', args),
      'message type 2 where a call was expected at byte 3',
    ],
    [
      'an old reply',
      oldBinaryMessage(2, 'emitBatch', args),
      'message type 2 where a call was expected at byte 13',
    ],
    [
      'Zipkin spans',
      message(1, 'emitZipkinBatch', struct()),
      'method "emitZipkinBatch" where "emitBatch" was expected at byte 8',
    ],
    ['no batch', message(1, 'emitBatch', struct()), 'emitBatch without a batch'],
    [
      'two batches',
      message(1, 'emitBatch', struct(field(1, STRUCT, batch), field(1, STRUCT, batch))),
      'emitBatch with two batches',
    ],
  ])('with %s is refused in plain words', (_, bytes, words) => {
    const refused = () => decodeEmitBatchBinary(bytes);
    expect(refused).toThrow(DecodeError);
    expect(refused).toThrow(words);
  });
});

const RECEIVED = [
  ...captures(6831).map((capture) => ({ ...capture, decode: decodeEmitBatch })),
  ...captures(6832).map((capture) => ({ ...capture, decode: decodeEmitBatchBinary })),
];

describe.each(RECEIVED)('$name', ({ bytes, decode }) => {
  it('decodes, and keeps the bytes as they came', () => {
    const batch = decode(bytes);
    expect(batch.spans().length).toBe(batch.index().count);
    expect(Buffer.from(bytes).includes(Buffer.from(batch.bytes))).toBe(true);
    expect(batch.index()).toBe(batch.index());
  });
});
