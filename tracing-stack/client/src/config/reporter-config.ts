import type { Counters } from '../counters.ts';
import { complainOnce, type Logger } from '../logger.ts';
import { compositeReporter } from '../reporters/composite-reporter.ts';
import { loggingReporter } from '../reporters/logging-reporter.ts';
import { RemoteReporter } from '../reporters/remote-reporter.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { HttpSender } from '../senders/http-sender.ts';
import { BINARY_BODY, COMPACT_DATAGRAM, type PacketFormat } from '../senders/packet-format.ts';
import type { Sender } from '../senders/sender.ts';
import { UdpSender } from '../senders/udp-sender.ts';
import { agentAddress } from './agent-address.ts';
import { ConfigurationError } from './configuration-error.ts';
import { endpointOf } from './host-port.ts';
import { countOf, flagOf, invalid, millisecondsOf, textOf } from './setting-values.ts';
import type { Setting, Settings } from './settings.ts';

export interface ReporterParts {
  readonly counters: Counters;
  readonly logger: Logger;
}

/** The reporter that the settings describe. */
export function reporterOf(settings: Settings, parts: ReporterParts): Reporter {
  const { counters, logger } = parts;
  const endpoint = collectorOf(settings);
  const way: { sender: Sender; format: PacketFormat } = endpoint
    ? { sender: httpSenderOf(endpoint, settings, counters), format: BINARY_BODY }
    : { sender: udpSenderOf(settings, parts), format: COMPACT_DATAGRAM };
  const remote = new RemoteReporter({
    ...way,
    counters,
    logger,
    flushInterval: millisecondsOf(settings.get('flushInterval')),
    maxQueueSpans: countOf(settings.get('queueSize')),
  });
  if (!flagOf(settings.get('logSpans'))) return remote;
  logger.info('Initializing logging reporter');
  return compositeReporter(loggingReporter(logger), remote);
}

const AGENT_SETTINGS = ['localAgentHostPort', 'agentHost', 'agentPort'];

/** A collector counts before an agent; but an agent that code names before a collector of the environment. */
function collectorOf(settings: Settings): Setting | undefined {
  const endpoint = settings.get('collectorEndpoint');
  const isAgentInCode = AGENT_SETTINGS.some((name) => settings.get(name)?.isFromCode);
  return endpoint?.isFromCode || !isAgentInCode ? endpoint : undefined;
}

function udpSenderOf(settings: Settings, { counters, logger }: ReporterParts): Sender {
  const { host, port } = agentAddress(settings);
  const complain = complainOnce(logger);
  const onRefused = () => {
    counters.refused++;
    complain('refused', `no jaeger-agent listens on UDP ${host}:${port}: spans are lost`);
  };
  return new UdpSender({ host, port, socketType: socketTypeOf(settings), onRefused });
}

function socketTypeOf(settings: Settings): 'udp4' | 'udp6' | undefined {
  const setting = settings.get('agentSocketType');
  if (setting === undefined) return undefined;
  if (setting.value === 'udp4' || setting.value === 'udp6') return setting.value;
  throw invalid(setting, 'must be udp4 or udp6');
}

/** Jaeger's collectors want to be told the format, whatever else the URL says. */
function httpSenderOf(endpoint: Setting, settings: Settings, counters: Counters): Sender {
  const url = endpointOf(endpoint, '/api/traces');
  if (!url.searchParams.has('format')) url.searchParams.set('format', 'jaeger.thrift');
  const headers = {
    ...requestHeadersOf(settings.get('httpHeaders')),
    ...authorizationOf(settings),
  };
  return new HttpSender({
    url,
    headers,
    counters,
    timeout: millisecondsOf(settings.get('timeout')),
  });
}

/** A user with a password counts before a token, as in Jaeger's clients. */
function authorizationOf(settings: Settings): Record<string, string> {
  const user = textOf(settings.get('user'));
  const password = textOf(settings.get('password'));
  const token = textOf(settings.get('authToken'));
  if ((user === undefined) !== (password === undefined)) {
    throw new ConfigurationError('invalid', 'user and password of the reporter go together');
  }
  if (user !== undefined) {
    const credentials = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
    return { authorization: `Basic ${credentials}` };
  }
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function requestHeadersOf(setting: Setting | undefined): Record<string, string> {
  if (setting === undefined) return {};
  if (typeof setting.value === 'object' && setting.value !== null) {
    const entries = Object.entries(setting.value);
    return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
  }
  throw invalid(setting, 'must be an object of headers');
}
