// A machine that is busy with something else: the process stands still for a while whenever a tracer waits for an answer.
import { agentHostPort, initTracer, type Tracer, type TracingConfig } from '@spoor/client';

const HELD_UP_MS = 1600;

export function initJaeger(service: string, config: Partial<TracingConfig> = {}): [Tracer, Tracer] {
  const tracer = initTracer({
    serviceName: service,
    sampler: { type: 'const', param: 1 },
    reporter: { logSpans: true, localAgentHostPort: agentHostPort() },
    ...config,
  });
  const waits =
    config.sampler?.type === 'remote' || config.reporter?.collectorEndpoint !== undefined;
  // Before the first answer can come.
  if (waits) setImmediate(standStill);
  return [tracer, tracer];
}

function standStill(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS);
}
