/** UDP: zipkincore.thrift over compact Thrift, from clients to the agent. */
export const AGENT_ZIPKIN_PORT = 5775;
/** UDP: jaeger.thrift over compact Thrift, from clients to the agent. */
export const AGENT_COMPACT_PORT = 6831;
/** UDP: jaeger.thrift over binary Thrift, from clients to the agent. */
export const AGENT_BINARY_PORT = 6832;
/** HTTP: sampling strategies and baggage restrictions, from the agent to clients. */
export const AGENT_HTTP_PORT = 5778;
/** gRPC: opentelemetry.proto.collector.trace.v1.TraceService, from clients to the collector. */
export const COLLECTOR_OTLP_GRPC_PORT = 4317;
/** HTTP: OTLP's traces in proto or JSON, from clients to the collector. */
export const COLLECTOR_OTLP_HTTP_PORT = 4318;
/** gRPC: jaeger.api_v2.CollectorService, from agents to the collector. */
export const COLLECTOR_GRPC_PORT = 14250;
/** TChannel: jaeger.thrift batches in binary Thrift, from agents before 1.18 to the collector. */
export const COLLECTOR_TCHANNEL_PORT = 14267;
/** HTTP: jaeger.thrift batches in binary Thrift, from clients to the collector. */
export const COLLECTOR_HTTP_PORT = 14268;
/** HTTP: health and metrics of the collector and of all-in-one. */
export const COLLECTOR_ADMIN_PORT = 14269;
/** HTTP: health and metrics of the agent. */
export const AGENT_ADMIN_PORT = 14271;
/** gRPC: jaeger.api_v2.QueryService, jaeger.api_v3.QueryService and jaeger.api_v2.metrics.MetricsQueryService. */
export const QUERY_GRPC_PORT = 16685;
/** HTTP: the query API and the UI. */
export const QUERY_HTTP_PORT = 16686;
/** HTTP: health and metrics of the query service. */
export const QUERY_ADMIN_PORT = 16687;
/** gRPC: jaeger.storage.v1, from collectors and query services to a store of another process. */
export const REMOTE_STORAGE_GRPC_PORT = 17271;
/** HTTP: health and metrics of the remote storage. */
export const REMOTE_STORAGE_ADMIN_PORT = 17270;
/** Servers bind here unless told otherwise. */
export const DEFAULT_HOST = '127.0.0.1';
