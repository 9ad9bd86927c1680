import { initTracer, type Tracer } from '@spoor/client';
import { AGENT_COMPACT_PORT, formatHostPort } from '@spoor/platform';
import { LessonError } from './lesson-error.ts';

/** Where spans are sent: an agent's UDP port for compact Thrift. */
export interface AgentAddress {
  readonly host: string;
  readonly port: number;
}

export function agentText(agent: AgentAddress): string {
  return formatHostPort(agent);
}

/** The variables by which the lessons' programs are told of another agent. */
export function agentVariables({ host, port }: AgentAddress): Record<string, string> {
  return { JAEGER_AGENT_HOST: host, JAEGER_AGENT_PORT: String(port) };
}

/** The agent that JAEGER_AGENT_HOST and JAEGER_AGENT_PORT name. Throws a `LessonError` for a port that is none. */
export function agentFromEnv(env: NodeJS.ProcessEnv, defaultHost = '127.0.0.1'): AgentAddress {
  const value = env['JAEGER_AGENT_PORT'] || String(AGENT_COMPACT_PORT);
  const port = Number(value);
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new LessonError((say) => say('backend.badAgentPort', { value }));
  return { host: env['JAEGER_AGENT_HOST'] || defaultHost, port };
}

/** What becomes of the spans is asked of the query service, and told from there. */
const SILENT = { info: () => {}, error: () => {} };

/** A tracer that keeps every span and reports it to `agent`. */
export function tracerTo(agent: AgentAddress, serviceName: string): Tracer {
  const sampler = { type: 'const', param: 1 };
  const reporter = { localAgentHostPort: agentText(agent) };
  return initTracer({ serviceName, sampler, reporter }, { logger: SILENT });
}
