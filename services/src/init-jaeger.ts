import { agentHostPort, initTracer, type Tracer, type TracingConfig } from '@spoor/client';

/** Ends a tracer. Spans wait in the tracer until they are sent, so a program that leaves without this loses them. */
export interface Closer {
  close(): Promise<void>;
}

/**
 * Makes the tracer of a service, and what closes it. Two parts of the configuration matter most: the *sampler* decides
 * which traces are kept, the *reporter* where finished spans go. `config` replaces what it names.
 */
export function initJaeger(
  service: string,
  config: Partial<TracingConfig> = {},
  env: NodeJS.ProcessEnv = process.env,
): [Tracer, Closer] {
  try {
    const tracer = initTracer({
      serviceName: service,
      // const 1 keeps every trace, const 0 none. A busy service keeps fewer.
      sampler: { type: 'const', param: 1 },
      reporter: {
        // Says each finished span on the console as well.
        logSpans: true,
        // jaeger-agent's UDP port: ':6831', on this machine. The service never waits for its spans to arrive.
        localAgentHostPort: agentHostPort(env),
      },
      ...config,
    });
    return [tracer, tracer];
  } catch (error) {
    // Nothing was served yet, and a service that nobody can trace should not start as if all were well.
    console.error(`ERROR: can't init jaeger: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
