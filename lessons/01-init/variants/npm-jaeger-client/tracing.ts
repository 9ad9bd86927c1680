// The same with npm jaeger-client: binary Thrift, so port 6832.
import { createRequire } from 'node:module';
import type { Tracer } from 'opentracing';

// CommonJS without types.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

export function initJaeger(service: string, config: object = {}): [Tracer, Closer] {
  const tracer = jaegerClient.initTracer(
    {
      serviceName: service,
      sampler: { type: 'const', param: 1 },
      reporter: { logSpans: true, agentHost: process.env['JAEGER_AGENT_HOST'] || 'localhost' },
      ...config,
    },
    { logger: console },
  );
  return [tracer, { close: () => new Promise((done) => tracer.close(done)) }];
}

export interface Closer {
  close(): Promise<void>;
}
