import type { HeaderNames } from '../propagation/propagators.ts';

/**
 * What a tracer is made of, in Jaeger's words; what is left open, the `JAEGER_*` variables say, and then the defaults.
 * The Go client's spelling (`LocalAgentHostPort`) works as well. Lengths of time are numbers of milliseconds, or texts
 * with a unit (`'1m30s'`).
 */
export interface TracingConfig {
  /** The service that all spans of the tracer belong to. */
  readonly serviceName?: string | undefined;
  /** `remote` from 0.001 if not given, as in Jaeger's clients. */
  readonly sampler?: SamplerConfig | undefined;
  readonly reporter?: ReporterConfig | undefined;
  /** A tracer that keeps nothing and carries nothing. */
  readonly disabled?: boolean | undefined;
  /** Tags of the process. */
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
  /** Trace ids of 128 bits. */
  readonly traceId128bit?: boolean | undefined;
  /** `jaeger`, `b3`, `b3-single`, `w3c`, or several of them with commas: all are written, the first found is read. */
  readonly propagation?: string | undefined;
  /** Names in the place of Jaeger's own headers. */
  readonly headers?: HeaderNames | undefined;
  /** Asks the agent which baggage may be set; nobody is asked, and all may, if not given. */
  readonly baggageRestrictions?: BaggageRestrictionsConfig | undefined;
  /** Asks the agent which operations may have debug traces; nobody is asked, and all may, if not given. */
  readonly throttler?: AgentServiceConfig | undefined;
  /** Bytes of a value beyond which it is cut. Nothing is cut if not given. */
  readonly maxTagValueLength?: number | undefined;
}

export interface SamplerConfig {
  /** `const`, `probabilistic`, `rateLimiting` or `remote`, in any case; `remote` if not given. */
  readonly type?: string | undefined;
  /**
   * Of `const`: 1 keeps every trace, 0 none. Of `probabilistic`: a share from 0 to 1. Of `rateLimiting`: traces a second.
   * Of `remote`: the share until the first answer.
   */
  readonly param?: number | boolean | undefined;
  /** Of `remote`: who says how to sample; `http://127.0.0.1:5778/sampling` if not given. */
  readonly samplingServerURL?: string | undefined;
  /** The same in npm jaeger-client's parts. */
  readonly hostPort?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly samplingPath?: string | undefined;
  /** Of `remote`: how long an answer holds; a minute if not given. */
  readonly samplingRefreshInterval?: number | string | undefined;
  readonly refreshIntervalMs?: number | undefined;
  /** Of `remote`: operations with a lower bound of their own; 2000 if not given. */
  readonly maxOperations?: number | undefined;
}

export interface ReporterConfig {
  /** Says each reported span in the log as well. */
  readonly logSpans?: boolean | undefined;
  /** Where jaeger-agent listens: `HOST:PORT`; `:PORT` is this machine. */
  readonly localAgentHostPort?: string | undefined;
  /** The same in two, as npm jaeger-client has it. */
  readonly agentHost?: string | undefined;
  readonly agentPort?: number | undefined;
  /** `udp4` or `udp6`, if the agent's name stands for both. */
  readonly agentSocketType?: 'udp4' | 'udp6' | undefined;
  /** Sends to a collector over HTTP instead: a URL, or `HOST:PORT`. */
  readonly collectorEndpoint?: string | undefined;
  /** Who the collector is told that we are. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly authToken?: string | undefined;
  /** More headers for the collector. */
  readonly httpHeaders?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds that the collector has for an answer; 5000 if not given. */
  readonly timeoutMs?: number | undefined;
  /** How long a span waits at most for others to travel with; a second if not given. */
  readonly bufferFlushInterval?: number | string | undefined;
  readonly flushIntervalMs?: number | undefined;
  /** Spans that wait at most for the agent or collector to take them. */
  readonly queueSize?: number | undefined;
}

/** Who is asked, and how often. */
export interface AgentServiceConfig {
  /** Port 5778 of the agent's host if not given. */
  readonly hostPort?: string | undefined;
  /** The same in two, as npm jaeger-client has it. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** How long an answer holds. */
  readonly refreshInterval?: number | string | undefined;
  readonly refreshIntervalMs?: number | undefined;
}

export interface BaggageRestrictionsConfig extends AgentServiceConfig {
  /** Whether no baggage may be set until the first answer; else all may. */
  readonly denyBaggageOnInitializationFailure?: boolean | undefined;
}

type Capitalized<T> = T extends object
  ? { readonly [K in keyof T as Capitalize<K & string>]: Capitalized<T[K]> }
  : T;

/** The configuration as a Go program spells it. */
export type GoTracingConfig = Capitalized<TracingConfig>;
