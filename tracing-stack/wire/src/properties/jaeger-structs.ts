import {
  type KeyValue,
  type Process,
  type Reference,
  type Span,
  spanIdFromInt64,
  traceIdFromHighLow,
} from '@spoor/model';
import type { Struct } from './npm-thrift.ts';

// Spans as the structs of protos/jaeger.thrift, by the names of their fields, and back: by the shortest way there is, with
// every reference written out and no parentSpanId.

export function batchStruct(process: Process, spans: readonly Span[]): Struct {
  return {
    process: { serviceName: process.serviceName, tags: process.tags.map(tagStruct) },
    spans: spans.map(spanStruct),
  };
}

export function spansOfStruct(batch: Struct): Span[] {
  const { serviceName, tags = [] } = batch['process'] as { serviceName: string; tags?: Struct[] };
  const process = { serviceName, tags: tags.map(tagOf) };
  return (batch['spans'] as Struct[]).map((struct) => spanOf(struct, process));
}

const halves = (id: string) => ({
  traceIdLow: BigInt.asIntN(64, BigInt(`0x${id.slice(-16)}`)),
  traceIdHigh: BigInt.asIntN(64, BigInt(`0x${id.length === 32 ? id.slice(0, 16) : '0'}`)),
});
const int64 = (hex: string) => BigInt.asIntN(64, BigInt(`0x${hex}`));

function spanStruct(span: Span): Struct {
  return {
    ...halves(span.traceId),
    spanId: int64(span.spanId),
    parentSpanId: 0n,
    operationName: span.operationName,
    references: span.references.map(({ refType, traceId, spanId }) => ({
      refType: refType === 'CHILD_OF' ? 0 : 1,
      ...halves(traceId),
      spanId: int64(spanId),
    })),
    flags: span.flags,
    startTime: BigInt(span.startTime),
    duration: BigInt(span.duration),
    tags: span.tags.map(tagStruct),
    logs: span.logs.map(({ timestamp, fields }) => ({
      timestamp: BigInt(timestamp),
      fields: fields.map(tagStruct),
    })),
  };
}

const TYPES = ['string', 'float64', 'bool', 'int64', 'binary'] as const;
const VALUES = ['vStr', 'vDouble', 'vBool', 'vLong', 'vBinary'] as const;

function tagStruct({ key, type, value }: KeyValue): Struct {
  const vType = TYPES.indexOf(type);
  return { key, vType, [VALUES[vType] as string]: value };
}

function tagOf(struct: Struct): KeyValue {
  const vType = struct['vType'] as number;
  return {
    key: struct['key'],
    type: TYPES[vType],
    value: struct[VALUES[vType] as string],
  } as KeyValue;
}

function spanOf(struct: Struct, process: Process): Span {
  const { references = [], tags = [], logs = [] } = struct as Record<string, Struct[]>;
  const own = traceIdOf(struct);
  return {
    traceId: own,
    spanId: spanIdFromInt64(struct['spanId'] as bigint),
    operationName: struct['operationName'] as string,
    references: withParent(references.map(referenceOf), own, struct['parentSpanId'] as bigint),
    flags: struct['flags'] as number,
    startTime: Number(struct['startTime']),
    duration: Number(struct['duration']),
    tags: tags.map(tagOf),
    logs: logs.map((log) => ({
      timestamp: Number(log['timestamp']),
      fields: (log['fields'] as Struct[]).map(tagOf),
    })),
    process,
    warnings: [],
  };
}

function traceIdOf(struct: Struct): string {
  return traceIdFromHighLow(struct['traceIdHigh'] as bigint, struct['traceIdLow'] as bigint);
}

function referenceOf(struct: Struct): Reference {
  return {
    refType: struct['refType'] === 0 ? 'CHILD_OF' : 'FOLLOWS_FROM',
    traceId: traceIdOf(struct),
    spanId: spanIdFromInt64(struct['spanId'] as bigint),
  };
}

/** What protos/jaeger.thrift says of parentSpanId: a CHILD_OF that stands first, unless a reference names that span. */
function withParent(
  references: readonly Reference[],
  traceId: string,
  parent: bigint,
): readonly Reference[] {
  const spanId = spanIdFromInt64(parent);
  const isNamed = references.some((one) => one.spanId === spanId && one.traceId === traceId);
  if (parent === 0n || isNamed) return references;
  return [{ refType: 'CHILD_OF', traceId, spanId }, ...references];
}
