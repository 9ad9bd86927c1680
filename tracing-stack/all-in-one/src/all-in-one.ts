import {
  type AgentOptions,
  type BatchSink,
  type ConfigSource,
  noBaggageRestrictions,
  startAgent,
} from '@spoor/agent';
import { type Collector, type CollectorOptions, startCollector } from '@spoor/collector';
import {
  createLogger,
  createMetrics,
  DEFAULT_HOST,
  formatHostPort,
  type HostPort,
  type Logger,
  type Metrics,
  showBuildInfo,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { type QueryOptions, startQuery } from '@spoor/query';
import { openStore, type StoreOptions } from '@spoor/storage-registry';
import { MessageRing, ringSource } from '@spoor/wire';
import { ALL_IN_ONE_PORTS, type AllInOnePorts } from './all-in-one-ports.ts';

/** Some thousand packets of a small application. */
export const WIRE_BYTES = 4 * 1024 * 1024;

export interface AllInOneOptions {
  /** Where to listen. 127.0.0.1 unless given; empty for every interface. */
  readonly host?: string;
  /** Another host for single ports. */
  readonly hosts?: Partial<Record<keyof AllInOnePorts, string>>;
  /** Jaeger's ports unless given. */
  readonly ports?: Partial<AllInOnePorts>;
  /** A store on disk says where. */
  readonly storage:
    | (Pick<StoreOptions, 'type' | 'memory' | 'grpc'> & Required<Pick<StoreOptions, 'embedded'>>)
    | ({ readonly type: 'memory' } & Pick<StoreOptions, 'memory'>)
    | ({ readonly type: 'grpc' } & Pick<StoreOptions, 'grpc'>);
  /** JSON lines on standard error unless given. */
  readonly logger?: Logger;
  readonly metrics?: Metrics;
  /** Their path on the admin ports; see `startAdminServer`. */
  readonly metricsRoute?: string | undefined;
  /** In memory, for the last messages that carried spans, which the UI shows; 4 MiB unless given, 0 keeps none. */
  readonly wireBytes?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly agent?: Limits<
    AgentOptions,
    'compact' | 'binary' | 'zipkin',
    'queueBytes' | 'tags' | 'baggageRestrictionsFile'
  >;
  readonly collector?: Limits<
    CollectorOptions,
    'grpc' | 'http' | 'tchannel' | 'zipkin' | 'otlpGrpc' | 'otlpHttp',
    'queueBytes' | 'queueSpans' | 'tags' | 'sampling' | 'forward'
  >;
  readonly query?: Pick<
    QueryOptions,
    | 'basePath'
    | 'uiDirectory'
    | 'uiConfigFile'
    | 'maxClockSkew'
    | 'additionalHeaders'
    | 'additionalRoutes'
    | 'wireSources'
  >;
}

/** Of a component's options: those of its `doors` without where they are, which is said in one place, and `others`. */
type Limits<O, D extends keyof O, Q extends keyof O> = Pick<O, Q> & {
  readonly [door in D]?: Omit<NonNullable<O[door]>, keyof HostPort> | undefined;
};

/** The ports that are always there, and the others. */
type OptionalPort = 'collectorZipkin' | 'collectorOtlpGrpc' | 'collectorOtlpHttp';
type UsedPort = Exclude<keyof AllInOnePorts, OptionalPort>;

export interface AllInOne {
  /** As they were bound. */
  readonly ports: AllInOnePorts;
  /** Where the UI is. */
  readonly queryUrl: string;
  /**
   * Stops the agent, delivers what it holds, then stops collector, query and store, all before the deadline. Rejects with
   * `UnfinishedError` if something may be lost.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

/**
 * Starts store, query, collector and agent in this process, joined by function calls. If one of them cannot start, the
 * others are closed and the error says why. Sets no signal handlers.
 */
export function startAllInOne(options: AllInOneOptions): Promise<AllInOne> {
  const {
    logger = createLogger({ name: 'all-in-one' }),
    metrics = createMetrics(),
    clock = Date.now,
    storage,
  } = options;
  const ring = new MessageRing(options.wireBytes ?? WIRE_BYTES, clock);
  showBuildInfo(metrics, 'all-in-one');
  const ports = { ...ALL_IN_ONE_PORTS, ...options.ports };
  const hostOf = (port: keyof AllInOnePorts) =>
    options.hosts?.[port] ?? options.host ?? DEFAULT_HOST;
  const at = (port: UsedPort) => ({ host: hostOf(port), port: ports[port] });
  /** Of a door that is there only if its port is given. */
  const optional = <L extends object>(name: OptionalPort, limits: L | undefined) => {
    const port = ports[name];
    return port === undefined ? undefined : { ...limits, host: hostOf(name), port };
  };
  const shared = { logger, metrics, clock };

  return startTogether(async (own) => {
    // Health comes first: it says 503 while a large store is opened, and a second all-in-one names the port.
    let storeHealth: () => Promise<void> = async () => undefined;
    const check = () => storeHealth();
    const startAdmin = async (port: UsedPort, component: string, flag: string) =>
      own(
        await startAdminServer({
          component,
          ...at(port),
          flag,
          check,
          metrics,
          ...('metricsRoute' in options && { metricsRoute: options.metricsRoute }),
          clock,
        }),
      );
    const admins = {
      collectorAdmin: await startAdmin('collectorAdmin', 'all-in-one', 'admin.http.host-port'),
      agentAdmin: await startAdmin('agentAdmin', 'agent', 'agent.admin.http.host-port'),
      queryAdmin: await startAdmin('queryAdmin', 'query', 'query.admin.http.host-port'),
    };

    const micros = () => clock() * 1000;
    const store = own(await openStore({ ...storage, clock: micros, logger, metrics }));
    storeHealth = () => store.health();
    const query = own(
      await startQuery({
        ...options.query,
        ...shared,
        http: at('queryHttp'),
        grpc: at('queryGrpc'),
        store,
        wireSources: [ringSource('all-in-one', ring), ...(options.query?.wireSources ?? [])],
      }),
    );
    const collector = own(
      await startCollector({
        ...options.collector,
        ...shared,
        grpc: { ...options.collector?.grpc, ...at('collectorGrpc') },
        http: { ...options.collector?.http, ...at('collectorHttp') },
        tchannel: at('collectorTchannel'),
        zipkin: optional('collectorZipkin', options.collector?.zipkin),
        otlpGrpc: optional('collectorOtlpGrpc', options.collector?.otlpGrpc),
        otlpHttp: optional('collectorOtlpHttp', options.collector?.otlpHttp),
        store,
        ring,
      }),
    );
    const agent = own(
      await startAgent({
        ...options.agent,
        ...shared,
        compact: { ...options.agent?.compact, ...at('agentCompact') },
        binary: { ...options.agent?.binary, ...at('agentBinary') },
        http: at('agentHttp'),
        zipkin: { ...options.agent?.zipkin, ...at('agentZipkin') },
        ring,
        sink: collectorSink(collector),
        config: collectorConfig(collector),
      }),
    );
    for (const admin of Object.values(admins)) admin.ready();

    const host = hostOf('queryHttp') || DEFAULT_HOST;
    const queryAddress = formatHostPort({ host, port: query.ports.http });
    const bound: AllInOnePorts = {
      agentCompact: agent.ports.compact,
      agentBinary: agent.ports.binary,
      agentHttp: agent.ports.http ?? 0,
      agentAdmin: admins.agentAdmin.port,
      collectorGrpc: collector.ports.grpc,
      collectorHttp: collector.ports.http,
      collectorTchannel: collector.ports.tchannel,
      agentZipkin: agent.ports.zipkin,
      collectorZipkin: collector.ports.zipkin,
      collectorOtlpGrpc: collector.ports.otlpGrpc,
      collectorOtlpHttp: collector.ports.otlpHttp,
      collectorAdmin: admins.collectorAdmin.port,
      queryHttp: query.ports.http,
      queryGrpc: query.ports.grpc ?? 0,
      queryAdmin: admins.queryAdmin.port,
    };
    logger.info({ ports: bound }, 'all-in-one is ready');
    return { ports: bound, queryUrl: `http://${queryAddress}${options.query?.basePath ?? ''}` };
  });
}

/** What the agent would post over gRPC goes straight in; `proto` is how Jaeger marks what came through an agent. */
function collectorSink(collector: Collector): BatchSink {
  return {
    protocol: 'in-process',
    deliver: (batch) => collector.submit(batch, 'proto'),
    close: async () => undefined,
  };
}

/** What the agent would ask over gRPC. */
function collectorConfig(collector: Collector): ConfigSource {
  return {
    protocol: 'in-process',
    samplingStrategy: async (service) => collector.strategyOf(service),
    baggageRestrictions: noBaggageRestrictions,
  };
}
