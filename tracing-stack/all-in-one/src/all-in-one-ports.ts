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
  QUERY_ADMIN_PORT,
  QUERY_GRPC_PORT,
  QUERY_HTTP_PORT,
} from '@spoor/platform';

/** Everything that all-in-one listens on; 0 takes any free port. */
export interface AllInOnePorts {
  /** UDP, jaeger.thrift over compact Thrift. */
  readonly agentCompact: number;
  /** UDP, jaeger.thrift over binary Thrift. */
  readonly agentBinary: number;
  /** HTTP, sampling strategies and baggage restrictions for clients. */
  readonly agentHttp: number;
  /** UDP, zipkincore.thrift over compact Thrift. */
  readonly agentZipkin: number;
  /** Health of the agent. */
  readonly agentAdmin: number;
  /** gRPC, CollectorService. */
  readonly collectorGrpc: number;
  /** HTTP, jaeger.thrift over binary Thrift. */
  readonly collectorHttp: number;
  /** TChannel, jaeger.thrift over binary Thrift. */
  readonly collectorTchannel: number;
  /** HTTP, Zipkin's spans. Nobody listens unless given. */
  readonly collectorZipkin?: number | undefined;
  /** gRPC, OpenTelemetry's TraceService. Nobody listens if it is `undefined`. */
  readonly collectorOtlpGrpc?: number | undefined;
  /** HTTP, OpenTelemetry's traces. Nobody listens if it is `undefined`. */
  readonly collectorOtlpHttp?: number | undefined;
  /** Health of the collector, and of all-in-one as a whole. */
  readonly collectorAdmin: number;
  /** HTTP, the query API and the UI. */
  readonly queryHttp: number;
  /** gRPC, the query API. */
  readonly queryGrpc: number;
  /** Health of the query service. */
  readonly queryAdmin: number;
}

/** The ports that Jaeger's clients, agents and users expect. */
export const ALL_IN_ONE_PORTS: AllInOnePorts = {
  agentCompact: AGENT_COMPACT_PORT,
  agentBinary: AGENT_BINARY_PORT,
  agentHttp: AGENT_HTTP_PORT,
  agentAdmin: AGENT_ADMIN_PORT,
  collectorGrpc: COLLECTOR_GRPC_PORT,
  collectorHttp: COLLECTOR_HTTP_PORT,
  collectorTchannel: COLLECTOR_TCHANNEL_PORT,
  agentZipkin: AGENT_ZIPKIN_PORT,
  collectorOtlpGrpc: COLLECTOR_OTLP_GRPC_PORT,
  collectorOtlpHttp: COLLECTOR_OTLP_HTTP_PORT,
  collectorAdmin: COLLECTOR_ADMIN_PORT,
  queryHttp: QUERY_HTTP_PORT,
  queryGrpc: QUERY_GRPC_PORT,
  queryAdmin: QUERY_ADMIN_PORT,
};

/** Any free port for each. */
export const FREE_PORTS = Object.fromEntries(
  Object.keys(ALL_IN_ONE_PORTS).map((name) => [name, 0]),
) as unknown as AllInOnePorts;
