import { Buffer } from 'node:buffer';
import type { Span } from '@spoor/model';
import {
  binaryBatch,
  DecodeError,
  decodeEmitBatch,
  decodeEmitBatchBinary,
  type EncodedBatch,
} from '@spoor/wire';
import type { TapEvent } from './tap-event.ts';

/** Spans that were seen leaving one of the learner's programs, and the door they left for. */
export interface SentBatch {
  readonly at: number;
  readonly door:
    | { readonly kind: 'agent'; readonly host: string; readonly port: number }
    | { readonly kind: 'collector'; readonly url: string };
  readonly encoding: 'compact' | 'binary' | 'unknown';
  readonly spans: readonly Span[];
}

type Datagram = Extract<TapEvent, { type: 'datagram' }>;
type Post = Extract<TapEvent, { type: 'post' }>;

/** Reads what the tap saw leave. Gives `undefined` for a datagram that holds no spans in any encoding of Jaeger's. */
export function sentBatch(event: Datagram | Post): SentBatch | undefined {
  const bytes = Buffer.from(event.bytes, 'base64');
  const { at } = event;
  if (event.type === 'post') {
    const door = { kind: 'collector' as const, url: event.url };
    const batch = read(() => binaryBatch(bytes));
    return { at, door, encoding: batch ? 'binary' : 'unknown', spans: batch?.spans() ?? [] };
  }
  const door = { kind: 'agent' as const, host: event.host, port: event.port };
  const compact = read(() => decodeEmitBatch(bytes));
  if (compact) return { at, door, encoding: 'compact', spans: compact.spans() };
  const binary = read(() => decodeEmitBatchBinary(bytes));
  return binary && { at, door, encoding: 'binary', spans: binary.spans() };
}

function read(decode: () => EncodedBatch): EncodedBatch | undefined {
  try {
    const batch = decode();
    batch.index();
    return batch;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
