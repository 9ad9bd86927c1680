// Spelled as the configuration of Jaeger's Go client, which the blog post uses.
import { type GoTracingConfig, initTracer, type Tracer, type TracingConfig } from '@spoor/client';

export class Closer {
  private readonly tracer: Tracer;

  constructor(tracer: Tracer) {
    this.tracer = tracer;
  }

  close(): Promise<void> {
    return this.tracer.close();
  }
}

export function initJaeger(service: string, config: Partial<TracingConfig> = {}): [Tracer, Closer] {
  const go: GoTracingConfig = {
    ServiceName: service,
    Sampler: { Type: 'const', Param: 1 },
    Reporter: { LogSpans: true, LocalAgentHostPort: ':6831' },
  };
  const tracer =
    config.sampler || config.reporter
      ? initTracer({
          serviceName: service,
          sampler: config.sampler ?? { type: 'const', param: 1 },
          reporter: config.reporter ?? { logSpans: true, localAgentHostPort: ':6831' },
        })
      : initTracer(go);
  return [tracer, new Closer(tracer)];
}
