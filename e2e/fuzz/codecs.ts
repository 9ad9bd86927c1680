import { isDeepStrictEqual } from 'node:util';
import { captures, tchannelStream } from '@spoor/fixtures';
import type { Span } from '@spoor/model';
import {
  binaryBatch,
  binaryBatchesBytes,
  checkJsonSyntax,
  DecodeError,
  decodeAgentCall,
  decodeAgentCallBinary,
  decodeBinaryContext,
  decodeCallContinue,
  decodeCallReq,
  decodeCallRes,
  decodeErrorFrame,
  decodeInit,
  decodeOtlpJson,
  decodeOtlpProto,
  decodePostSpansRequest,
  decodeSamplingArguments,
  decodeSamplingResult,
  decodeSubmitBatches,
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
  type EncodedBatch,
  encodeBinaryBatch,
  encodeBinaryContext,
  encodeEmitBatch,
  encodeOtlpJson,
  encodeOtlpProto,
  encodePostSpansRequest,
  encodeProtoBatch,
  encodeSamplingArguments,
  encodeSamplingResult,
  encodeSubmitBatches,
  FrameSplitter,
  openBatch,
  otlpFromSpans,
  parseB3Single,
  parseTraceparent,
  parseUberTraceId,
  parseW3cBaggage,
  protoBatchBytes,
} from '@spoor/wire';
import { type IndexRow, indexRows, seededRandom, spanRows, usualSpans } from '@spoor/wire/testkit';
import { PROCESS_LAST_BINARY, PROCESS_LAST_BODIES, PROCESS_LAST_COMPACT } from './process-last.ts';

/** A decoder, and messages that it reads. */
export interface Codec {
  readonly name: string;
  /** Throws `DecodeError` for what it cannot read, and nothing else; also an error if what it read does not hold together. */
  readonly read: (bytes: Uint8Array) => void;
  readonly good: readonly Uint8Array[];
}

/** Every decoder that meets bytes from elsewhere. */
export function codecs(): Codec[] {
  const spans = usualSpans(seededRandom(1), 3);
  const [{ process }] = spans as [Span];
  const otlp = otlpFromSpans(spans);
  const thriftBatches = [...captures(14268).map(({ bytes }) => bytes), ...PROCESS_LAST_BODIES];
  const submitted = thriftBatches.map((batch) => encodeSubmitBatches([batch]));
  const zipkin = captures(9411);
  const texts = (...lines: string[]) => lines.map((line) => Buffer.from(line));
  return [
    ofBatch(
      'UDP 6831',
      [
        ...captures(6831),
        { bytes: encodeEmitBatch(process, spans, 1) },
        ...PROCESS_LAST_COMPACT.map((bytes) => ({ bytes })),
      ],
      (bytes) => decodeAgentCall(bytes).batch,
    ),
    ofBatch('UDP 5775', captures(5775), (bytes) => decodeAgentCall(bytes).batch),
    ofBatch(
      'UDP 6832',
      [...captures(6832), ...PROCESS_LAST_BINARY.map((bytes) => ({ bytes }))],
      (bytes) => decodeAgentCallBinary(bytes).batch,
    ),
    ofBatch(
      'HTTP 14268',
      [...thriftBatches, encodeBinaryBatch(process, spans)].map((bytes) => ({ bytes })),
      binaryBatch,
    ),
    ofBatch(
      'gRPC 14250',
      [...captures(14250), { bytes: encodePostSpansRequest(encodeProtoBatch(spans)) }],
      decodePostSpansRequest,
    ),
    ofBatch('Zipkin v1 JSON', zipkin, decodeZipkinV1Json),
    ofBatch('Zipkin v1 Thrift', zipkin, decodeZipkinV1Thrift),
    ofBatch('Zipkin v2 JSON', zipkin, decodeZipkinV2Json),
    ofBatch('Zipkin v2 proto', zipkin, decodeZipkinV2Proto),
    ofBatch(
      'OTLP proto',
      [...captures(4317), ...captures(4318), { bytes: encodeOtlpProto(otlp) }],
      decodeOtlpProto,
    ),
    ofBatch(
      'OTLP JSON',
      [...captures(4318), { bytes: Buffer.from(`{"resourceSpans":[${encodeOtlpJson(otlp)}]}`) }],
      decodeOtlpJson,
    ),
    {
      name: 'submitBatches',
      read: (bytes) => decodeSubmitBatches(bytes).forEach(checkBatch),
      good: submitted,
    },
    {
      name: 'TChannel frames',
      read: readFrames,
      good: (['agent-to-collector', 'collector-to-agent'] as const).map(
        (name) => tchannelStream(name).bytes,
      ),
    },
    {
      name: 'sampling arguments',
      read: decodeSamplingArguments,
      good: [encodeSamplingArguments('frontend')],
    },
    {
      name: 'sampling result',
      read: decodeSamplingResult,
      good: [
        encodeSamplingResult({
          strategyType: 'PROBABILISTIC',
          probabilisticSampling: { samplingRate: 0.5 },
        }),
      ],
    },
    {
      name: 'binary carrier',
      read: decodeBinaryContext,
      good: [
        encodeBinaryContext({
          context: {
            traceId: '00000000000000a1',
            spanId: '00000000000000b2',
            parentId: '00000000000000a1',
            flags: 1,
          },
          baggage: new Map([['customer', '7']]),
        }),
      ],
    },
    {
      name: 'header carriers',
      read(bytes) {
        const text = Buffer.from(bytes).toString();
        parseUberTraceId(text);
        parseB3Single(text);
        parseTraceparent(text);
        parseW3cBaggage(text);
      },
      good: texts(
        'a1:b2:a1:1',
        '00000000000000a100000000000000a1:b2:0:3',
        '80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90',
        '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        'customer=7;ttl=1,order=%F0%9F%A6%A1',
      ),
    },
    {
      name: 'JSON syntax',
      read: (bytes) => checkJsonSyntax(Buffer.from(bytes).toString()),
      good: texts('{"a":[1,-2.5e3,"\\u0041",null]}'),
    },
  ];
}

function ofBatch(
  name: string,
  from: readonly { readonly bytes: Uint8Array }[],
  decode: (bytes: Uint8Array) => EncodedBatch,
): Codec {
  const read = (bytes: Uint8Array) => checkBatch(decode(bytes));
  const good = from.map(({ bytes }) => bytes).filter((bytes) => isRead(read, bytes));
  if (good.length === 0) throw new Error(`no message that ${name} reads`);
  return { name, read, good };
}

function isRead(read: Codec['read'], bytes: Uint8Array): boolean {
  try {
    read(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** A batch whose index and spans agree, and which every way out of agent and collector can take. */
function checkBatch(batch: EncodedBatch): void {
  const index = attempt(() => indexRows(batch.index()));
  const spans = attempt(() => batch.spans());
  if (index instanceof DecodeError || spans instanceof DecodeError) {
    if (!(index instanceof DecodeError && spans instanceof DecodeError))
      throw new Error('index and spans do not refuse alike');
    throw index;
  }
  if (!isDeepStrictEqual(index.map(sortedHashes), spanRows(spans).map(sortedHashes)))
    throw new Error('index and spans differ');
  try {
    checkWaysOut(batch, spans);
  } catch (cause) {
    // A `DecodeError` would say that the bytes were bad, but they had been read.
    throw new Error(`what was read cannot go on: ${(cause as Error).message}`, { cause });
  }
}

/** An index has tags and fields of logs in the order of the bytes, which proto leaves to the sender. */
function sortedHashes(row: IndexRow): IndexRow {
  return { ...row, tagHashes: [...row.tagHashes].sort() };
}

/** As the agent sends it by gRPC and by TChannel, as a store keeps it, and as OTLP. */
function checkWaysOut(batch: EncodedBatch, spans: readonly Span[]): void {
  const proto = openBatch('jaeger-proto', protoBatchBytes(batch)).spans();
  if (!isDeepStrictEqual(proto, spans) && spans.every(hasExactTimes))
    throw new Error('in proto it is not the same');
  const thrift = binaryBatchesBytes(batch).flatMap((bytes) => binaryBatch(bytes).spans());
  // A batch a process: the order may be another.
  if (thrift.length !== spans.length) throw new Error('in binary Thrift there are not as many');
  const otlp = otlpFromSpans(spans);
  const json = `{"resourceSpans":[${encodeOtlpJson(otlp)}]}`;
  for (const read of [decodeOtlpProto(encodeOtlpProto(otlp)), decodeOtlpJson(Buffer.from(json))]) {
    if (read.index().count !== spans.length) throw new Error('in OTLP there are not as many');
  }
}

/** Beyond the year 287,396 microseconds are no whole numbers any more, and each format rounds them in its own way. */
function hasExactTimes({ startTime, duration, logs }: Span): boolean {
  return [startTime, duration, ...logs.map(({ timestamp }) => timestamp)].every(
    Number.isSafeInteger,
  );
}

function attempt<T>(read: () => T): T | DecodeError {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

function readFrames(bytes: Uint8Array): void {
  for (const frame of new FrameSplitter().split(Buffer.from(bytes))) {
    for (const decode of [decodeInit, decodeCallReq, decodeCallRes, decodeErrorFrame]) {
      attempt(() => decode(frame));
    }
    attempt(() => decodeCallContinue(frame));
  }
}
