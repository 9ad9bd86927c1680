/** What a tracer is made of, in Jaeger's words. Its Go client's spelling (`LocalAgentHostPort`) works as well. */
export interface TracingConfig {
  /** The service that all spans of the tracer belong to. */
  readonly serviceName: string;
  readonly sampler: SamplerConfig;
  readonly reporter?: ReporterConfig | undefined;
}

export interface SamplerConfig {
  /** `const`, in any case. */
  readonly type: string;
  /** For `const`: 1 keeps every trace, 0 none. */
  readonly param: number | boolean;
}

export interface ReporterConfig {
  /** Says each reported span in the log as well. */
  readonly logSpans?: boolean | undefined;
  /** Where jaeger-agent listens: `HOST:PORT`; `:PORT` is this machine. */
  readonly localAgentHostPort?: string | undefined;
  /** The same in two, as npm jaeger-client has it. */
  readonly agentHost?: string | undefined;
  readonly agentPort?: number | undefined;
  /** Milliseconds that a span waits at most for others to travel with; 1000 if not given. */
  readonly flushIntervalMs?: number | undefined;
}

type Capitalized<T> = T extends object
  ? { readonly [K in keyof T as Capitalize<K & string>]: Capitalized<T[K]> }
  : T;

/** The configuration as a Go program spells it. */
export type GoTracingConfig = Capitalized<TracingConfig>;
