import type { KeyValue } from '@spoor/model';
import type { Logger, Metrics } from '@spoor/platform';
import type { Backend } from './backend.ts';
import { loadExportResponse } from './export-response.ts';
import { forwardMetrics } from './forward-metrics.ts';
import type { ForwardTarget } from './forward-url.ts';
import { Forwarder, type WhenFull } from './forwarder.ts';
import { grpcBackend } from './grpc-backend.ts';
import { httpBackend } from './http-backend.ts';

/** Of bytes as they came: what a backend may miss for a while. */
export const FORWARD_QUEUE_BYTES = 64 * 1024 * 1024;

/** Where spans go beside the store. */
export interface ForwardOptions {
  readonly target: ForwardTarget;
  readonly headers?: ReadonlyMap<string, string>;
  readonly queueBytes?: number;
  /** Senders come again unless told otherwise. */
  readonly whenFull?: WhenFull;
}

/**
 * A forwarder to what `target` names. It connects when there is something to send. Rejects with a `UserError` if nothing
 * can be sent there.
 */
export async function startForwarder(
  options: ForwardOptions,
  parts: { readonly tags: readonly KeyValue[]; readonly logger: Logger; readonly metrics: Metrics },
): Promise<Forwarder> {
  const {
    target,
    headers = new Map(),
    queueBytes = FORWARD_QUEUE_BYTES,
    whenFull = 'refuse',
  } = options;
  const rejectedSpans = await loadExportResponse();
  const backend: Backend =
    target.type === 'http'
      ? httpBackend(target.url, headers, rejectedSpans)
      : grpcBackend(target.address, target.isSecure, headers, rejectedSpans);
  const metrics = forwardMetrics(parts.metrics);
  return new Forwarder({ ...parts, backend, queueBytes, whenFull, metrics });
}
