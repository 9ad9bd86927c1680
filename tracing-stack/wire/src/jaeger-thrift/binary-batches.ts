import type { Process, Span } from '@spoor/model';
import type { EncodedBatch } from '../encoded-batch.ts';
import { binaryFromCompact } from '../thrift/binary-from-compact.ts';
import { encodeBinaryBatch } from './binary-encode.ts';

/**
 * The batch as `Batch` structs in the binary protocol, one a process: its own bytes if they are one, else written anew.
 * Throws `DecodeError`.
 */
export function binaryBatchesBytes(batch: EncodedBatch): Uint8Array[] {
  switch (batch.encoding) {
    case 'jaeger-thrift-binary':
      return [batch.bytes];
    case 'jaeger-thrift-compact':
      return [binaryFromCompact(batch.bytes)];
    default:
      return Array.from(byProcess(batch.spans()), ([process, spans]) =>
        encodeBinaryBatch(process, spans),
      );
  }
}

function byProcess(spans: readonly Span[]): Map<Process, Span[]> {
  const groups = new Map<Process, Span[]>();
  for (const span of spans) {
    const group = groups.get(span.process);
    if (group) group.push(span);
    else groups.set(span.process, [span]);
  }
  return groups;
}
