import type { KeyValue, Span } from '@spoor/model';
import { binaryBatch, type EncodedBatch, encodeBinaryBatch } from '@spoor/wire';

/** A batch of `count` root spans that say how they were kept. */
export function rootSpans(
  operationName: string,
  count: number,
  tags: readonly KeyValue[],
  serviceName = 'shop',
): EncodedBatch {
  const process = { serviceName, tags: [] };
  const span = (i: number): Span => ({
    traceId: (i + 1).toString(16).padStart(16, '0'),
    spanId: (i + 1).toString(16).padStart(16, '0'),
    operationName,
    references: [],
    flags: 1,
    startTime: 1,
    duration: 1,
    tags,
    logs: [],
    process,
    warnings: [],
  });
  return binaryBatch(
    encodeBinaryBatch(
      process,
      Array.from({ length: count }, (_, i) => span(i)),
    ),
  );
}

/** As `rootSpans`, for counts of hundreds of thousands: one span is encoded, and stands for all. */
export function rootSpansAlike(
  operationName: string,
  count: number,
  tags: readonly KeyValue[],
): EncodedBatch {
  const one = rootSpans(operationName, 1, tags);
  return {
    encoding: one.encoding,
    bytes: one.bytes,
    index: () => one.index(),
    spans() {
      const [span] = one.spans();
      return span ? Array.from({ length: count }, () => span) : [];
    },
  };
}

export function keptBy(type: string, param: number): KeyValue[] {
  return [
    { key: 'sampler.type', type: 'string', value: type },
    { key: 'sampler.param', type: 'float64', value: param },
  ];
}

/** A batch that is indexed as another is, and whose spans cannot be read: a defect, whatever it is. */
export function unreadable(batch: EncodedBatch): EncodedBatch {
  return {
    encoding: batch.encoding,
    bytes: batch.bytes,
    index: () => batch.index(),
    spans() {
      throw new Error('spans that cannot be read');
    },
  };
}
