import type { ClientOptions } from '@grpc/grpc-js';

/** How our clients keep their connection to a server. */
export const CLIENT_OPTIONS: ClientOptions = {
  // A server that comes back is found within a second, not after the two minutes that gRPC waits by default.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.enable_retries': 0,
  // grpc-js would ask the proxy of the environment even for this machine.
  'grpc.enable_http_proxy': 0,
};
