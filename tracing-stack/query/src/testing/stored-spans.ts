import { type KeyValue, type Micros, type Process, parseTraceId, type Span } from '@spoor/model';
import type { SpanStore } from '@spoor/storage-api';
import { decodeEmitBatch, encodeEmitBatch } from '@spoor/wire';

/** The tests' now: 2026-11-22. */
export const NOW: Micros = 1_795_370_433_000_000;
export const HOUR: Micros = 3600 * 1e6;

/** A span of an hour ago, a millisecond long, with nothing but what `more` gives it. */
export function span(traceId: string, spanId: string, more: Partial<Span> = {}): Span {
  return {
    traceId: parseTraceId(traceId) ?? '',
    spanId: spanId.padStart(16, '0'),
    operationName: 'o',
    references: [],
    flags: 1,
    startTime: NOW - HOUR,
    duration: 1000,
    tags: [],
    logs: [],
    process: { serviceName: '', tags: [] },
    warnings: [],
    ...more,
  };
}

export function text(key: string, value: string): KeyValue {
  return { key, type: 'string', value };
}

/** Stores spans as a client's datagram would bring them. */
export async function write(store: SpanStore, process: Process, ...spans: Span[]): Promise<void> {
  const batch = decodeEmitBatch(encodeEmitBatch(process, spans, 1));
  await store.writer.write({ batch, format: 'jaeger', addedTags: [], arrivalTime: NOW });
}
