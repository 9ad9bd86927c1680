import { type HostPort, LOOPBACK, parseHostPort } from './host-port.ts';
import { portOf, textOf } from './setting-values.ts';
import type { Settings } from './settings.ts';

/** UDP port on which jaeger-agent takes compact Thrift. */
const DEFAULT_AGENT_PORT = 6831;

/** The agent's address: as `HOST:PORT` or in parts; at last 127.0.0.1:6831. */
export function agentAddress(reporter: Settings): HostPort {
  const both = reporter.get('localAgentHostPort');
  if (both) return parseHostPort(String(both.value), both.name);
  return {
    host: textOf(reporter.get('agentHost')) ?? LOOPBACK,
    port: portOf(reporter.get('agentPort')) ?? DEFAULT_AGENT_PORT,
  };
}
