// A share of 1 keeps every trace, as const 1 does.
import { agentHostPort, initTracer, type Tracer, type TracingConfig } from '@spoor/client';

export interface Closer {
  close(): Promise<void>;
}

export function initJaeger(service: string, config: Partial<TracingConfig> = {}): [Tracer, Closer] {
  const tracer = initTracer({
    serviceName: service,
    sampler: { type: 'probabilistic', param: 1 },
    reporter: { logSpans: true, localAgentHostPort: agentHostPort(process.env) },
    ...config,
  });
  return [tracer, tracer];
}
