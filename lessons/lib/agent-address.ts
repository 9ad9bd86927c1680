import { initTracer, type Tracer } from '@spoor/client';
import { AGENT_COMPACT_PORT } from '@spoor/platform';

/** Where spans are sent: an agent's UDP port for compact Thrift. */
export interface AgentAddress {
  readonly host: string;
  readonly port: number;
}

export function agentText({ host, port }: AgentAddress): string {
  return `${host}:${port}`;
}

/** The variables by which the lessons' programs are told of another agent. */
export function agentVariables({ host, port }: AgentAddress): Record<string, string> {
  return { JAEGER_AGENT_HOST: host, JAEGER_AGENT_PORT: String(port) };
}

export function agentFromEnv(env: NodeJS.ProcessEnv, defaultHost = '127.0.0.1'): AgentAddress {
  return {
    host: env['JAEGER_AGENT_HOST'] || defaultHost,
    port: Number(env['JAEGER_AGENT_PORT'] || AGENT_COMPACT_PORT),
  };
}

/** A tracer that keeps every span and reports it to `agent`. */
export function tracerTo(agent: AgentAddress, serviceName: string): Tracer {
  return initTracer({
    serviceName,
    sampler: { type: 'const', param: 1 },
    reporter: { localAgentHostPort: agentText(agent) },
  });
}
