// The same with npm jaeger-client.
import { createRequire } from 'node:module';
import type { Tracer } from 'opentracing';

// It has no types: TypeScript says TS7016 of an import, and nothing of this.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

export function initJaeger(service: string, config: object = {}): [Tracer, Closer] {
  const tracer = jaegerClient.initTracer(
    {
      serviceName: service,
      sampler: { type: 'const', param: 1 },
      // To the agent's UDP port 6832: it speaks binary Thrift.
      reporter: { logSpans: true, agentHost: process.env['JAEGER_AGENT_HOST'] || 'localhost' },
      ...config,
    },
    { logger: console },
  );
  // Its close calls back, and gives no promise.
  return [tracer, { close: () => new Promise((done) => tracer.close(done)) }];
}

export interface Closer {
  close(): Promise<void>;
}
