import { ConfigurationError } from './configuration-error.ts';

/** UDP port on which jaeger-agent takes compact Thrift. */
const DEFAULT_AGENT_PORT = 6831;
const LOOPBACK = '127.0.0.1';

/** Where jaeger-agent listens. */
export interface AgentAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * The agent's address from the settings of `reporter`; what they leave open from JAEGER_AGENT_HOST and
 * JAEGER_AGENT_PORT, as in Jaeger's own clients, where code goes before environment; at last 127.0.0.1:6831.
 */
export function agentAddress(
  reporter: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): AgentAddress {
  const { localAgentHostPort, agentHost, agentPort } = reporter;
  if (localAgentHostPort) {
    const text = String(localAgentHostPort);
    return parseHostPort(text, 'reporter.localAgentHostPort');
  }
  const port = agentPort
    ? parsePort(String(agentPort), 'reporter.agentPort')
    : parsePort(env['JAEGER_AGENT_PORT'] || String(DEFAULT_AGENT_PORT), 'JAEGER_AGENT_PORT');
  return { host: String(agentHost || env['JAEGER_AGENT_HOST'] || LOOPBACK), port };
}

/** `HOST:PORT`, `[IPV6]:PORT` or `:PORT`, which to a client means this machine. */
function parseHostPort(text: string, setting: string): AgentAddress {
  const parts = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:]*)):(?<port>[^:]*)$/.exec(text)?.groups;
  if (!parts) {
    throw new ConfigurationError('invalid', `${setting} must be HOST:PORT, not '${text}'`);
  }
  const host = parts['ipv6'] || parts['name'] || LOOPBACK;
  return { host, port: parsePort(parts['port'] ?? '', setting) };
}

function parsePort(text: string, setting: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new ConfigurationError('invalid', `${setting} has no port from 1 to 65535: '${text}'`);
}
