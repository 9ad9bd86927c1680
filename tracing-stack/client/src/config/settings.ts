import { ConfigurationError } from './configuration-error.ts';

/** The settings of Jaeger's clients in npm's spelling. `false`: Jaeger knows it, this client does not build it yet. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  configuration: {
    serviceName: true,
    sampler: true,
    reporter: true,
    disable: false,
    disabled: false,
    tags: false,
    throttler: false,
    baggageRestrictions: false,
    headers: false,
    rpcMetrics: false,
    gen128Bit: false,
    traceId128bit: false,
  },
  sampler: {
    type: true,
    param: true,
    hostPort: false,
    host: false,
    port: false,
    samplingPath: false,
    samplingServerURL: false,
    refreshIntervalMs: false,
    samplingRefreshInterval: false,
    maxOperations: false,
    operationNameLateBinding: false,
  },
  reporter: {
    logSpans: true,
    localAgentHostPort: true,
    agentHost: true,
    agentPort: true,
    flushIntervalMs: true,
    collectorEndpoint: false,
    queueSize: false,
    bufferFlushInterval: false,
    agentSocketType: false,
    timeoutMs: false,
    user: false,
    username: false,
    password: false,
    httpHeaders: false,
    disableAttemptReconnecting: false,
    attemptReconnectInterval: false,
  },
};

/**
 * The settings of one section under npm's names, whatever their spelling in `given` (`LogSpans`, `log_spans`). Throws
 * `ConfigurationError` for a setting that Jaeger does not have, and for one that would have no effect yet.
 */
export function settingsOf(
  section: 'configuration' | 'sampler' | 'reporter',
  given: unknown,
): Record<string, unknown> {
  if (typeof given !== 'object' || given === null) {
    throw new ConfigurationError('invalid', `${section} must be an object, not ${String(given)}`);
  }
  const known = SETTINGS[section] ?? {};
  const settings: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = Object.keys(known).find((each) => plain(each) === plain(key));
    const path = section === 'configuration' ? key : `${section}.${key}`;
    if (name === undefined) throw new ConfigurationError('unknown', `unknown setting ${path}`);
    // An empty or false one asks for nothing.
    if (!known[name] && value) {
      throw new ConfigurationError('not-built', `${path} is not built yet`);
    }
    settings[name] = value;
  }
  return settings;
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
