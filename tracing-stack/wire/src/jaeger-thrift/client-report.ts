import type { ClientReport, DroppedSpans } from '../encoded-batch.ts';
import { STOP } from '../thrift/compact-type.ts';
import type { ThriftReader } from '../thrift/thrift-reader.ts';
import { ClientStatsField } from './struct-fields.ts';

/** Of a client that says who it is and counts its batches. */
export function clientReport(
  uuid = '',
  seqNo: number | undefined,
  dropped: DroppedSpans | undefined,
): ClientReport | undefined {
  if (uuid === '' || seqNo === undefined) return undefined;
  return { uuid, seqNo, ...(dropped && { dropped }) };
}

/** `undefined` unless all three are there. Jaeger refuses the whole batch for want of one. */
export function readClientStats(reader: ThriftReader): DroppedSpans | undefined {
  const counted = { fullQueue: -1, tooLarge: -1, sendFailure: -1 };
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case ClientStatsField.fullQueueDroppedSpans:
        counted.fullQueue = reader.int64AsNumber();
        break;
      case ClientStatsField.tooLargeDroppedSpans:
        counted.tooLarge = reader.int64AsNumber();
        break;
      case ClientStatsField.failedToEmitSpans:
        counted.sendFailure = reader.int64AsNumber();
        break;
      default:
        reader.skipField(key);
    }
  }
  return Object.values(counted).every((count) => count >= 0) ? counted : undefined;
}
