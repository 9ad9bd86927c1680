import { goDuration } from '@spoor/model';
import {
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  AGENT_HTTP_PORT,
  AGENT_ZIPKIN_PORT,
  COLLECTOR_GRPC_PORT,
  COLLECTOR_TCHANNEL_PORT,
  COLLECTOR_WITHIN_MS,
  choiceFlag,
  DEFAULT_HOST,
  durationFlag,
  type Flag,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  hostPortsFlag,
  idleFlag,
  ifGiven,
  integerFlag,
  tagsFlag,
  textFlag,
} from '@spoor/platform';
import { type AgentOptions, QUEUE_BYTES, type UdpPortOptions } from './agent.ts';
import type { ReporterOptions } from './collector-reporter.ts';
import { DIRECTORY_FLAG, type QueueOptions } from './queue/open-disk.ts';
import { spokenAs, UDP_PROCESSORS, type UdpProcessorName } from './udp-processors.ts';
import { MAX_PACKET_SIZE, RECEIVE_BUFFER_BYTES } from './udp-receiver.ts';

/** The flags of the agent's receivers, which every program that contains one takes. */
export const agentFlags = {
  ...portFlags('compact', AGENT_COMPACT_PORT),
  ...portFlags('binary', AGENT_BINARY_PORT),
  ...portFlags('zipkin', AGENT_ZIPKIN_PORT),
  'reporter.queue.memory-bytes': integerFlag(
    QUEUE_BYTES,
    'Bytes of packets that may wait in memory; beyond them packets are dropped and counted',
    1,
  ),
  'agent.tags': tagsFlag('Tags for the process of all spans'),
  'http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: AGENT_HTTP_PORT },
    'Where clients ask how to sample and which baggage they may set (HTTP)',
  ),
  'agent.baggage-restrictions-file': textFlag(
    '',
    'File of baggage restrictions in JSON; without it whoever asks for them is answered 500, as by Jaeger',
  ),
};

/** Below the folder that the agent is started in. */
const QUEUE_DIRECTORY = '.spoor/agent-queue';

/** What ten minutes of 1,000 spans a second come to, if a span has 2 KB, and as much again. */
const DISK_BYTES = 2 * 1024 * 1024 * 1024;

const GRPC_COLLECTORS = [{ host: DEFAULT_HOST, port: COLLECTOR_GRPC_PORT }];
const TCHANNEL_COLLECTORS = [{ host: DEFAULT_HOST, port: COLLECTOR_TCHANNEL_PORT }];

/** Of Jaeger's agent the fourth part of a second; but a busy machine is no dead one. */
const CONNECT_WITHIN = '5s';

/** The flags of the agent's way to collectors, which all-in-one does not need. */
export const reporterFlags = {
  'reporter.type': ifGiven(
    choiceFlag(
      ['grpc', 'tchannel'],
      'grpc',
      'The way to the collectors; tchannel, too, if only its collectors are given',
    ),
  ),
  'reporter.grpc.host-port': ifGiven(
    hostPortsFlag(GRPC_COLLECTORS, 'Collectors, separated by commas', { host: DEFAULT_HOST }),
  ),
  'reporter.grpc.retry.max': retriesFlag(
    'How often a batch is sent again before it is given up, over TChannel too; none: until it is delivered',
  ),
  'reporter.grpc.discovery.min-peers': idleFlag(3, 'the agent connects to every collector'),
  'reporter.tchannel.host-port': collectorsFlag('Collectors, separated by commas'),
  'reporter.tchannel.report-timeout': durationFlag(
    goDuration(COLLECTOR_WITHIN_MS * 1000),
    'How long a collector may take for an answer; then the batch is sent again',
  ),
  'reporter.tchannel.discovery.min-peers': idleFlag(3, 'the agent connects to every collector'),
  'reporter.tchannel.discovery.conn-check-timeout': ifGiven(
    durationFlag(CONNECT_WITHIN, 'How long a connection to a collector may take'),
  ),
  'collector.host-port': collectorsFlag('The same as reporter.tchannel.host-port'),
  'discovery.min-peers': idleFlag(3, 'the agent connects to every collector'),
  'discovery.conn-check-timeout': durationFlag(
    CONNECT_WITHIN,
    'The same as reporter.tchannel.discovery.conn-check-timeout',
  ),
  [DIRECTORY_FLAG]: ifGiven(
    textFlag(
      QUEUE_DIRECTORY,
      'Folder of batches that cannot be delivered soon; each agent has its own',
    ),
  ),
  'reporter.queue.disk-bytes': integerFlag(
    DISK_BYTES,
    'Bytes of batches on disk at most; 0 for none',
  ),
};

type ReporterFlags = FlagValues<typeof reporterFlags>;

/** Which way the flags ask for, and what it is to be made with. */
export function reporterOptions(
  flags: ReporterFlags,
):
  | ({ readonly type: 'grpc' } & Pick<ReporterOptions, 'collectors'>)
  | ({ readonly type: 'tchannel'; readonly connectTimeoutMs: number } & Pick<
      ReporterOptions,
      'collectors' | 'callTimeoutMs'
    >) {
  const grpc = flags['reporter.grpc.host-port'];
  const own = flags['reporter.tchannel.host-port'];
  const given = own.length > 0 ? own : flags['collector.host-port'];
  const likely = given.length > 0 && grpc === undefined ? 'tchannel' : 'grpc';
  if ((flags['reporter.type'] ?? likely) === 'grpc')
    return { type: 'grpc', collectors: grpc ?? GRPC_COLLECTORS };
  return {
    type: 'tchannel',
    collectors: given.length > 0 ? given : TCHANNEL_COLLECTORS,
    callTimeoutMs: flags['reporter.tchannel.report-timeout'] / 1000,
    connectTimeoutMs: connectTimeout(flags) / 1000,
  };
}

/** Two flags for the same: the longer name counts if it was given. */
function connectTimeout(flags: ReporterFlags): number {
  const own = flags['reporter.tchannel.discovery.conn-check-timeout'];
  return own ?? flags['discovery.conn-check-timeout'];
}

/** What the flags ask `startAgent` for beside its way: how often, and how much may wait on disk. */
export function queueOptions(
  flags: ReporterFlags,
): Pick<AgentOptions, 'retry'> & { readonly disk?: QueueOptions } {
  const directory = flags[DIRECTORY_FLAG];
  const maxBytes = flags['reporter.queue.disk-bytes'];
  const retry = { maxRetries: flags['reporter.grpc.retry.max'] };
  if (maxBytes === 0) return { retry };
  const isOptional = directory === undefined;
  return { retry, disk: { directory: directory ?? QUEUE_DIRECTORY, maxBytes, isOptional } };
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
    queueBytes: flags['reporter.queue.memory-bytes'],
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
      `Where ${spokenAs(UDP_PROCESSORS[name])} is taken (UDP)`,
    ),
    'server-max-packet-size': integerFlag(
      MAX_PACKET_SIZE,
      'Bytes; larger packets are dropped and counted',
      1,
    ),
    'server-queue-size': integerFlag(
      0,
      'Packets that may wait; 0 leaves it to reporter.queue.memory-bytes',
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

/** None unless given. */
function collectorsFlag(help: string): Flag<HostPort[]> {
  const { parse } = hostPortsFlag([], help, { host: DEFAULT_HOST });
  return { help, default: '', parse: (text) => (text === '' ? [] : parse(text)) };
}
