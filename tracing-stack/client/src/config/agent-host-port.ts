/** UDP, compact Thrift. */
const AGENT_PORT = '6831';

/**
 * The agent that JAEGER_AGENT_HOST and JAEGER_AGENT_PORT name, as `localAgentHostPort` takes it: `:6831`, which is on this
 * machine, if they name none. An IPv6 address is written in brackets: `[::1]:6831`.
 */
export function agentHostPort(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { JAEGER_AGENT_HOST: host = '', JAEGER_AGENT_PORT: port } = env;
  return `${host.includes(':') ? `[${host}]` : host}:${port || AGENT_PORT}`;
}
