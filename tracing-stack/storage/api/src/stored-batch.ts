import type { KeyValue, Micros, Process, Span } from '@spoor/model';
import { sanitizeServiceName } from '@spoor/model';
import type { EncodedBatch } from '@spoor/wire';

/** By which way a span came in. Jaeger shows it as a span tag. */
export type SpanFormat = 'jaeger' | 'proto' | 'zipkin' | 'otlp';

/** The key of the tag that says so. */
export const FORMAT_TAG = 'internal.span.format';

/** A batch on its way into a store, with all that a store must remember beside the bytes. */
export interface StoredBatch {
  readonly batch: EncodedBatch;
  /** `undefined` where the spans carry the tag themselves: another Jaeger's collector wrote them. */
  readonly format: SpanFormat | undefined;
  /** Whether it came over TChannel. Those who keep only spans forget it. */
  readonly overTChannel?: boolean;
  /** Process tags added by `--agent.tags` and `--collector.tags`. */
  readonly addedTags: readonly KeyValue[];
  /** When the collector took it. Expiry goes by this, never by a span's own clock. */
  readonly arrivalTime: Micros;
}

/** The spans of a stored batch as a query answers them: service named, format tag and added tags in place. */
export function storedSpans(stored: StoredBatch): Span[] {
  const formatTags = formatTagsOf(stored.format);
  const processes = new Map<Process, Process>();
  return stored.batch.spans().map((span) => {
    let process = processes.get(span.process);
    if (process === undefined) {
      process = withAddedTags(span.process, stored.addedTags);
      processes.set(span.process, process);
    }
    const tags = [...span.tags, ...formatTags];
    return stored.overTChannel
      ? { ...span, process, tags, overTChannel: true }
      : { ...span, process, tags };
  });
}

function formatTagsOf(format: SpanFormat | undefined): readonly KeyValue[] {
  return format === undefined ? [] : [{ key: FORMAT_TAG, type: 'string', value: format }];
}

function withAddedTags(process: Process, added: readonly KeyValue[]): Process {
  return {
    serviceName: sanitizeServiceName(process.serviceName),
    tags: added.length === 0 ? process.tags : [...process.tags, ...added],
  };
}
