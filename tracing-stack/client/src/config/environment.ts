import type { Section, Setting } from './settings.ts';

/** A variable of Jaeger's clients, and the setting that it stands for. */
export interface Variable {
  readonly name: string;
  readonly section: Section;
  readonly setting: string;
}

/** Of two variables for one setting the first counts; the second is what the client of another language calls it. */
export const VARIABLES: readonly Variable[] = [
  { name: 'JAEGER_SERVICE_NAME', section: 'configuration', setting: 'serviceName' },
  { name: 'JAEGER_DISABLED', section: 'configuration', setting: 'disabled' },
  { name: 'JAEGER_DISABLE', section: 'configuration', setting: 'disabled' },
  { name: 'JAEGER_TAGS', section: 'configuration', setting: 'tags' },
  { name: 'JAEGER_TRACEID_128BIT', section: 'configuration', setting: 'traceId128bit' },
  { name: 'JAEGER_PROPAGATION', section: 'configuration', setting: 'propagation' },
  { name: 'JAEGER_SAMPLER_TYPE', section: 'sampler', setting: 'type' },
  { name: 'JAEGER_SAMPLER_PARAM', section: 'sampler', setting: 'param' },
  { name: 'JAEGER_SAMPLING_ENDPOINT', section: 'sampler', setting: 'url' },
  { name: 'JAEGER_SAMPLER_MANAGER_HOST_PORT', section: 'sampler', setting: 'hostPort' },
  { name: 'JAEGER_SAMPLER_HOST', section: 'sampler', setting: 'host' },
  { name: 'JAEGER_SAMPLER_PORT', section: 'sampler', setting: 'port' },
  { name: 'JAEGER_SAMPLER_SAMPLING_PATH', section: 'sampler', setting: 'path' },
  { name: 'JAEGER_SAMPLER_REFRESH_INTERVAL', section: 'sampler', setting: 'refreshInterval' },
  { name: 'JAEGER_SAMPLER_MAX_OPERATIONS', section: 'sampler', setting: 'maxOperations' },
  { name: 'JAEGER_AGENT_HOST', section: 'sampler', setting: 'agentHost' },
  { name: 'JAEGER_AGENT_HOST', section: 'reporter', setting: 'agentHost' },
  { name: 'JAEGER_AGENT_HOST', section: 'throttler', setting: 'agentHost' },
  { name: 'JAEGER_AGENT_HOST', section: 'baggageRestrictions', setting: 'agentHost' },
  { name: 'JAEGER_REPORTER_AGENT_HOST', section: 'reporter', setting: 'agentHost' },
  { name: 'JAEGER_AGENT_PORT', section: 'reporter', setting: 'agentPort' },
  { name: 'JAEGER_REPORTER_AGENT_PORT', section: 'reporter', setting: 'agentPort' },
  { name: 'JAEGER_AGENT_SOCKET_TYPE', section: 'reporter', setting: 'agentSocketType' },
  { name: 'JAEGER_ENDPOINT', section: 'reporter', setting: 'collectorEndpoint' },
  { name: 'JAEGER_REPORTER_ENDPOINT', section: 'reporter', setting: 'collectorEndpoint' },
  { name: 'JAEGER_USER', section: 'reporter', setting: 'user' },
  { name: 'JAEGER_REPORTER_USER', section: 'reporter', setting: 'user' },
  { name: 'JAEGER_PASSWORD', section: 'reporter', setting: 'password' },
  { name: 'JAEGER_REPORTER_PASSWORD', section: 'reporter', setting: 'password' },
  { name: 'JAEGER_AUTH_TOKEN', section: 'reporter', setting: 'authToken' },
  { name: 'JAEGER_REPORTER_TIMEOUT', section: 'reporter', setting: 'timeout' },
  { name: 'JAEGER_REPORTER_LOG_SPANS', section: 'reporter', setting: 'logSpans' },
  { name: 'JAEGER_REPORTER_FLUSH_INTERVAL', section: 'reporter', setting: 'flushInterval' },
  { name: 'JAEGER_REPORTER_MAX_QUEUE_SIZE', section: 'reporter', setting: 'queueSize' },
];

/** Variables of Jaeger's clients that ask for something which this client does not do. Each is told, and left alone. */
export const IGNORED_VARIABLES: readonly string[] = [
  'JAEGER_RPC_METRICS',
  'JAEGER_REPORTER_ATTEMPT_RECONNECTING_DISABLED',
  'JAEGER_REPORTER_ATTEMPT_RECONNECT_INTERVAL',
];

/** What the environment says of a section, by the settings' names. An empty variable says nothing. */
export function environmentSettings(
  section: Section,
  env: NodeJS.ProcessEnv,
): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const { name, section: of, setting } of VARIABLES) {
    const value = env[name];
    if (of !== section || !value || settings.has(setting)) continue;
    settings.set(setting, { name, value, isFromCode: false });
  }
  return settings;
}
