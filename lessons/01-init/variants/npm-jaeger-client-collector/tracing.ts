// npm jaeger-client, straight to the collector unless a caller says otherwise.
import { createRequire } from 'node:module';
import type { Tracer } from 'opentracing';

const { initTracer } = createRequire(import.meta.url)('jaeger-client');

interface Config {
  readonly sampler?: object;
  readonly reporter?: object;
}

export function initJaeger(
  serviceName: string,
  { sampler, reporter }: Config = {},
): [Tracer, { close(): Promise<void> }] {
  const collectorEndpoint = 'http://localhost:14268/api/traces';
  const tracer = initTracer(
    {
      serviceName,
      sampler: sampler ?? { type: 'const', param: 1 },
      reporter: { collectorEndpoint, logSpans: true, ...reporter },
    },
    { logger: { info: console.log, error: console.error } },
  );
  return [
    tracer,
    { close: async () => void (await new Promise<void>((done) => tracer.close(done))) },
  ];
}
