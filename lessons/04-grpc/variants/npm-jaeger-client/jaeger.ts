import { createRequire } from 'node:module';
import type { Tracer } from 'opentracing';

const jaeger = createRequire(import.meta.url)('jaeger-client');

/** It speaks binary Thrift, which the agent takes on 6832, and ends by a callback. */
export function initJaeger(serviceName: string): [Tracer, { close(): Promise<void> }] {
  const tracer = jaeger.initTracer(
    {
      serviceName,
      sampler: { type: 'const', param: 1 },
      reporter: {
        logSpans: true,
        agentHost: process.env['JAEGER_AGENT_HOST'] ?? 'localhost',
        agentPort: 6832,
      },
    },
    { logger: console },
  );
  return [tracer, { close: () => new Promise((done) => tracer.close(done)) }];
}
