import {
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  AGENT_HTTP_PORT,
  AGENT_ZIPKIN_PORT,
  COLLECTOR_GRPC_PORT,
  choiceFlag,
  DEFAULT_HOST,
  type Flag,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  hostPortsFlag,
  idleFlag,
  integerFlag,
  tagsFlag,
  textFlag,
} from '@spoor/platform';
import { type AgentOptions, QUEUE_BYTES, type UdpPortOptions } from './agent.ts';
import type { GrpcSinkOptions } from './grpc-sink.ts';
import { UDP_PROCESSORS, type UdpProcessorName } from './udp-processors.ts';
import { MAX_PACKET_SIZE, RECEIVE_BUFFER_BYTES } from './udp-receiver.ts';

/** The flags of the agent's receivers, which every program that contains one takes. */
export const agentFlags = {
  ...portFlags('compact', AGENT_COMPACT_PORT),
  ...portFlags('binary', AGENT_BINARY_PORT),
  ...portFlags('zipkin', AGENT_ZIPKIN_PORT),
  'agent.queue-size-bytes': integerFlag(
    QUEUE_BYTES,
    'Bytes of packets that may wait for a collector; beyond them packets are dropped and counted',
    1,
  ),
  'agent.tags': tagsFlag('Tags for the process of all spans'),
  'http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: AGENT_HTTP_PORT },
    'Where clients ask how to sample and which baggage they may set (HTTP)',
  ),
  'agent.baggage-restrictions-file': textFlag(
    '',
    'File of baggage restrictions in JSON; without it clients are told that there are none',
  ),
};

/** The flags of the agent's way to collectors, which all-in-one does not need. */
export const reporterFlags = {
  'reporter.type': choiceFlag(['grpc'], 'grpc', 'The way to the collectors'),
  'reporter.grpc.host-port': hostPortsFlag(
    [{ host: DEFAULT_HOST, port: COLLECTOR_GRPC_PORT }],
    'Collectors, separated by commas',
    { host: DEFAULT_HOST },
  ),
  'reporter.grpc.retry.max': retriesFlag(
    'How often a call is repeated before its spans are given up; none: until they are delivered',
  ),
  'reporter.grpc.discovery.min-peers': idleFlag(3, 'the agent connects to every collector'),
};

/** What the flags ask `grpcReporter` for. */
export function reporterOptions(
  flags: FlagValues<typeof reporterFlags>,
): Pick<GrpcSinkOptions, 'collectors' | 'maxRetries'> {
  return {
    collectors: flags['reporter.grpc.host-port'],
    maxRetries: flags['reporter.grpc.retry.max'],
  };
}

/** What the flags ask `startAgent` for. */
export function agentOptions(flags: FlagValues<typeof agentFlags>): Pick<
  AgentOptions,
  'compact' | 'binary' | 'zipkin' | 'tags' | 'baggageRestrictionsFile'
> & {
  readonly http: HostPort;
  readonly queueBytes: number;
} {
  return {
    tags: flags['agent.tags'],
    http: flags['http-server.host-port'],
    baggageRestrictionsFile: flags['agent.baggage-restrictions-file'],
    compact: portOptions('compact', flags),
    binary: portOptions('binary', flags),
    zipkin: portOptions('zipkin', flags),
    queueBytes: flags['agent.queue-size-bytes'],
  };
}

type FlagsOf<Name extends UdpProcessorName> = (typeof UDP_PROCESSORS)[Name]['flags'];

/** The flags of a UDP port, named as its processor is. */
type PortFlags<Name extends UdpProcessorName> = {
  readonly [Flag in keyof ReturnType<typeof ownFlags> as `${FlagsOf<Name>}.${Flag}`]: ReturnType<
    typeof ownFlags
  >[Flag];
};

function portFlags<Name extends UdpProcessorName>(name: Name, port: number): PortFlags<Name> {
  const own = Object.entries(ownFlags(name, port));
  const start = UDP_PROCESSORS[name].flags;
  return Object.fromEntries(
    own.map(([flag, value]) => [`${start}.${flag}`, value]),
  ) as PortFlags<Name>;
}

function ownFlags(name: UdpProcessorName, port: number) {
  return {
    'server-host-port': hostPortFlag(
      { host: DEFAULT_HOST, port },
      `Where ${UDP_PROCESSORS[name].takes} is taken (UDP)`,
    ),
    'server-max-packet-size': integerFlag(
      MAX_PACKET_SIZE,
      'Bytes; larger packets are dropped and counted',
      1,
    ),
    'server-queue-size': integerFlag(
      0,
      'Packets that may wait; 0 leaves it to agent.queue-size-bytes',
    ),
    'server-socket-buffer-size': integerFlag(
      RECEIVE_BUFFER_BYTES,
      'Bytes of receive buffer to ask the kernel for',
      65_536,
    ),
    workers: idleFlag(10, 'one thread reads packets faster than it takes to hand them to others'),
  };
}

function portOptions(
  name: UdpProcessorName,
  flags: FlagValues<PortFlags<UdpProcessorName>>,
): UdpPortOptions {
  const start = UDP_PROCESSORS[name].flags;
  return {
    ...flags[`${start}.server-host-port`],
    maxPacketSize: flags[`${start}.server-max-packet-size`],
    receiveBufferBytes: flags[`${start}.server-socket-buffer-size`],
    queueSize: flags[`${start}.server-queue-size`] || Number.POSITIVE_INFINITY,
  };
}

function retriesFlag(help: string): Flag<number> {
  const { parse } = integerFlag(0, help);
  return {
    help,
    default: '',
    parse: (text) => (text === '' ? Number.POSITIVE_INFINITY : parse(text)),
  };
}
