import type { AllInOnePorts } from '@spoor/all-in-one';
import {
  AGENT_ADMIN_PORT,
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  AGENT_HTTP_PORT,
  AGENT_ZIPKIN_PORT,
  COLLECTOR_ADMIN_PORT,
  COLLECTOR_GRPC_PORT,
  COLLECTOR_HTTP_PORT,
  COLLECTOR_OTLP_GRPC_PORT,
  COLLECTOR_OTLP_HTTP_PORT,
  COLLECTOR_TCHANNEL_PORT,
  type PortHeldError,
  QUERY_ADMIN_PORT,
  QUERY_GRPC_PORT,
  QUERY_HTTP_PORT,
} from '@spoor/platform';
import { portHeldError } from './held-port.ts';
import type { MessageKey, Say } from './i18n/messages.ts';
import type { LessonError } from './lesson-error.ts';

/** The same as all-in-one's own, known here without loading it: the lesson's programs start meanwhile. */
export const USUAL_PORTS: AllInOnePorts = {
  agentCompact: AGENT_COMPACT_PORT,
  agentBinary: AGENT_BINARY_PORT,
  agentHttp: AGENT_HTTP_PORT,
  agentZipkin: AGENT_ZIPKIN_PORT,
  agentAdmin: AGENT_ADMIN_PORT,
  collectorGrpc: COLLECTOR_GRPC_PORT,
  collectorHttp: COLLECTOR_HTTP_PORT,
  collectorOtlpGrpc: COLLECTOR_OTLP_GRPC_PORT,
  collectorOtlpHttp: COLLECTOR_OTLP_HTTP_PORT,
  collectorTchannel: COLLECTOR_TCHANNEL_PORT,
  collectorAdmin: COLLECTOR_ADMIN_PORT,
  queryHttp: QUERY_HTTP_PORT,
  queryGrpc: QUERY_GRPC_PORT,
  queryAdmin: QUERY_ADMIN_PORT,
};

type What = Extract<MessageKey, `what.${keyof AllInOnePorts & string}`>;

/** What the ports of the stack are for, in the order of a span's way. */
export const STACK_PORTS: readonly {
  readonly name: keyof AllInOnePorts;
  readonly protocol: string;
  readonly what: What;
}[] = [
  { name: 'agentCompact', protocol: 'UDP', what: 'what.agentCompact' },
  { name: 'agentBinary', protocol: 'UDP', what: 'what.agentBinary' },
  { name: 'agentHttp', protocol: 'HTTP', what: 'what.agentHttp' },
  { name: 'agentZipkin', protocol: 'UDP', what: 'what.agentZipkin' },
  { name: 'collectorGrpc', protocol: 'gRPC', what: 'what.collectorGrpc' },
  { name: 'collectorHttp', protocol: 'HTTP', what: 'what.collectorHttp' },
  { name: 'collectorZipkin', protocol: 'HTTP', what: 'what.collectorZipkin' },
  { name: 'collectorOtlpGrpc', protocol: 'gRPC', what: 'what.collectorOtlpGrpc' },
  { name: 'collectorOtlpHttp', protocol: 'HTTP', what: 'what.collectorOtlpHttp' },
  { name: 'collectorTchannel', protocol: 'TChannel', what: 'what.collectorTchannel' },
  { name: 'queryHttp', protocol: 'HTTP', what: 'what.queryHttp' },
  { name: 'queryGrpc', protocol: 'gRPC', what: 'what.queryGrpc' },
  { name: 'agentAdmin', protocol: 'HTTP', what: 'what.agentAdmin' },
  { name: 'collectorAdmin', protocol: 'HTTP', what: 'what.collectorAdmin' },
  { name: 'queryAdmin', protocol: 'HTTP', what: 'what.queryAdmin' },
];

/** The ports of a stack that listens there, with what they are for. */
export function stackPorts(ports: AllInOnePorts) {
  return STACK_PORTS.flatMap(({ name, ...row }) => {
    const port = ports[name];
    return port === undefined ? [] : [{ name, port, ...row }];
  });
}

/** The line for a port of the stack that somebody else has. `ports` are those that were asked for. */
export function heldPortError(
  { target, holder, cause }: PortHeldError,
  ports: Partial<AllInOnePorts>,
  purpose: 'port.purpose.stack' | 'port.purpose.movable',
): LessonError {
  const row = STACK_PORTS.find(({ name }) => ports[name] === target.port);
  const tell = (say: Say) => say(purpose, { what: row ? say(row.what) : target.component });
  return portHeldError(target.port, holder, tell, { cause });
}
