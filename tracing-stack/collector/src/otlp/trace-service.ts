import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadService } from '@spoor/platform/grpc';
import { EXPORT_RESPONSE } from './export-answer.ts';

/**
 * `TraceService` as `protos/otlp.proto` has it, but for the bodies: the request stays bytes, which our own decoder reads,
 * and the response is always the same.
 */
export async function loadTraceService(): Promise<ServiceDefinition> {
  const name = 'opentelemetry.proto.collector.trace.v1.TraceService';
  const { Export } = await loadService('otlp.proto', name);
  if (Export === undefined) throw new Error('[collector] otlp.proto has no Export');
  return {
    Export: {
      ...Export,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: () => EXPORT_RESPONSE.proto,
    },
  };
}
