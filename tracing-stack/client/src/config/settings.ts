import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from './configuration-error.ts';
import { environmentSettings } from './environment.ts';

export type Section =
  | 'configuration'
  | 'sampler'
  | 'reporter'
  | 'throttler'
  | 'baggageRestrictions';

/** One setting that was given. */
export interface Setting {
  /** For messages: `reporter.agentPort`, or the variable that it comes from. */
  readonly name: string;
  readonly value: unknown;
  readonly isFromCode: boolean;
}

/** The settings of a section that were given, by their names here. */
export type Settings = ReadonlyMap<string, Setting>;

/** The spellings of Jaeger's clients, and their names here. `undefined`: Jaeger has it, this client does not build it yet. */
const SPELLINGS: Readonly<Record<Section, Readonly<Record<string, string | undefined>>>> = {
  configuration: {
    serviceName: 'serviceName',
    sampler: 'sampler',
    reporter: 'reporter',
    disable: 'disabled',
    disabled: 'disabled',
    tags: 'tags',
    gen128Bit: 'traceId128bit',
    traceId128bit: 'traceId128bit',
    propagation: 'propagation',
    headers: 'headers',
    maxTagValueLength: 'maxTagValueLength',
    throttler: 'throttler',
    baggageRestrictions: 'baggageRestrictions',
    rpcMetrics: undefined,
  },
  sampler: {
    type: 'type',
    param: 'param',
    samplingServerURL: 'url',
    hostPort: 'hostPort',
    host: 'host',
    port: 'port',
    samplingPath: 'path',
    refreshIntervalMs: 'refreshInterval',
    samplingRefreshInterval: 'refreshInterval',
    maxOperations: 'maxOperations',
    operationNameLateBinding: undefined,
  },
  reporter: {
    logSpans: 'logSpans',
    localAgentHostPort: 'localAgentHostPort',
    agentHost: 'agentHost',
    agentPort: 'agentPort',
    agentSocketType: 'agentSocketType',
    collectorEndpoint: 'collectorEndpoint',
    user: 'user',
    username: 'user',
    password: 'password',
    authToken: 'authToken',
    httpHeaders: 'httpHeaders',
    timeoutMs: 'timeout',
    flushIntervalMs: 'flushInterval',
    bufferFlushInterval: 'flushInterval',
    queueSize: 'queueSize',
    disableAttemptReconnecting: undefined,
    attemptReconnectInterval: undefined,
  },
  throttler: {
    hostPort: 'hostPort',
    host: 'host',
    port: 'port',
    refreshInterval: 'refreshInterval',
    refreshIntervalMs: 'refreshInterval',
    synchronousInitialization: undefined,
  },
  baggageRestrictions: {
    hostPort: 'hostPort',
    host: 'host',
    port: 'port',
    refreshInterval: 'refreshInterval',
    refreshIntervalMs: 'refreshInterval',
    denyBaggageOnInitializationFailure: 'deniesAtFirst',
  },
};

/**
 * The settings of one section, whatever their spelling in `given` (`LogSpans`, `log_spans`), and from the environment
 * what `given` leaves open. Throws `ConfigurationError` for a setting that Jaeger does not have, for one that would have
 * no effect yet, and for one that is given in two spellings with two values.
 */
export function settingsOf(section: Section, given: unknown, env: NodeJS.ProcessEnv): Settings {
  if (typeof given !== 'object' || given === null) {
    throw new ConfigurationError('invalid', `${section} must be an object, not ${String(given)}`);
  }
  const known = SPELLINGS[section];
  const settings = new Map(environmentSettings(section, env));
  const path = (name: string) => (section === 'configuration' ? name : `${section}.${name}`);
  /** As they are spelled in `given`. */
  const keys = new Map<string, string>();
  for (const [key, value] of Object.entries(given)) {
    const spelling = Object.keys(known).find((each) => plain(each) === plain(key));
    if (spelling === undefined) {
      throw new ConfigurationError('unknown', `unknown setting ${path(key)}`);
    }
    const name = known[spelling];
    // An empty or false one asks for nothing.
    if (name === undefined && value) {
      throw new ConfigurationError('not-built', `${path(key)} is not built yet`);
    }
    const isOpen = value === undefined || value === null || value === '';
    if (name !== undefined && !isOpen) {
      const other = keys.get(name);
      if (other !== undefined && !isDeepStrictEqual(settings.get(name)?.value, value)) {
        const message = `${path(other)} and ${path(key)} are one setting, and differ`;
        throw new ConfigurationError('invalid', message);
      }
      keys.set(name, key);
      settings.set(name, { name: path(spelling), value, isFromCode: true });
    }
  }
  return settings;
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
