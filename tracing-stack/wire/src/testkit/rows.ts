import {
  type KeyValue,
  NULL_PROCESS_SERVICE_NAME,
  type Span,
  traceIdFromBytes,
} from '@spoor/model';
import type { BatchIndex } from '../encoded-batch.ts';
import { tagHash } from '../tag-hash.ts';

/** What an index says of one span. */
export interface IndexRow {
  readonly traceId: string;
  readonly startTime: number;
  readonly duration: number;
  readonly operation: string;
  readonly kind: string;
  readonly samplerType: string;
  readonly flags: number;
  readonly isRoot: boolean;
  readonly serviceName: string;
  readonly tagHashes: readonly number[];
  readonly processTagHashes: readonly number[];
}

/** The columns of an index as rows. */
export function indexRows(index: BatchIndex): IndexRow[] {
  return Array.from({ length: index.count }, (_, i) => {
    const process = index.processes[index.processOf[i] ?? -1];
    return {
      traceId: traceIdFromBytes(index.traceIds, 16 * i),
      startTime: index.startTimes[i] as number,
      duration: index.durations[i] as number,
      operation: index.operations[i] as string,
      kind: index.kinds[i] as string,
      samplerType: index.samplerTypes[i] as string,
      flags: index.flags[i] as number,
      isRoot: index.roots[i] === 1,
      serviceName: process?.serviceName ?? NULL_PROCESS_SERVICE_NAME,
      tagHashes: [...index.tagHashes.subarray(index.tagOffsets[i], index.tagOffsets[i + 1])],
      processTagHashes: [...(process?.tagHashes ?? [])],
    };
  });
}

/** What an index must say of these spans: the slow way, from the decoded spans. Equal to `indexRows` of their batch. */
export function spanRows(spans: readonly Span[]): IndexRow[] {
  return spans.map((span) => ({
    traceId: span.traceId,
    startTime: span.startTime,
    duration: span.duration,
    operation: span.operationName,
    kind: textOf(span.tags, 'span.kind'),
    samplerType: textOf(span.tags, 'sampler.type'),
    flags: span.flags >>> 0,
    isRoot: !span.references.some(
      (reference) => reference.traceId === span.traceId && !/^0+$/.test(reference.spanId),
    ),
    serviceName: span.process.serviceName,
    tagHashes: [...span.tags, ...span.logs.flatMap((log) => log.fields)].map(tagHash),
    processTagHashes: span.process.tags.map(tagHash),
  }));
}

function textOf(tags: readonly KeyValue[], key: string): string {
  const found = tags.find((tag) => tag.key === key);
  return found?.type === 'string' ? found.value : '';
}
