import { type ClientOptions, policies, types } from 'cassandra-driver';
import type { CassandraOptions } from '../store-options.ts';
import { ApprovedAuthProvider } from './approved-auth-provider.ts';
import { BoundedRetryPolicy } from './retry-policy.ts';

/** What the driver waits for at most, in milliseconds, where Jaeger waits for ever. */
const CALL_TIMEOUT = 12_000;
const CONNECT_TIMEOUT = 5000;

const { loadBalancing, reconnection } = policies;

/** The driver's options for ours. `sslOptions` is given where TLS is wanted. */
export function driverOptions(
  options: CassandraOptions,
  sslOptions: ClientOptions['sslOptions'],
): ClientOptions {
  const { username, password, localDataCenter, keepAliveMs } = options;
  const balanced =
    localDataCenter === ''
      ? new loadBalancing.RoundRobinPolicy()
      : new loadBalancing.DCAwareRoundRobinPolicy(localDataCenter);
  return {
    contactPoints: [...options.servers],
    protocolOptions: { port: options.port, maxVersion: options.protocolVersion },
    ...(username !== '' && {
      authProvider: new ApprovedAuthProvider(username, password, options.allowedAuthenticators),
    }),
    ...(sslOptions && { sslOptions }),
    socketOptions: {
      connectTimeout: options.connectTimeoutMs || CONNECT_TIMEOUT,
      readTimeout: options.callTimeoutMs || CALL_TIMEOUT,
      keepAlive: keepAliveMs > 0,
      ...(keepAliveMs > 0 && { keepAliveDelay: keepAliveMs }),
    },
    pooling: {
      coreConnectionsPerHost: {
        [types.distance.local]: options.connectionsPerHost,
        [types.distance.remote]: 1,
      },
    },
    policies: {
      loadBalancing: new loadBalancing.TokenAwarePolicy(balanced),
      retry: new BoundedRetryPolicy(options.maxAttempts),
      reconnection: new reconnection.ExponentialReconnectionPolicy(
        100,
        Math.max(100, options.reconnectIntervalMs),
      ),
    },
    queryOptions: {
      consistency: types.consistencies[options.consistency],
      prepare: true,
      // Every statement of ours may be repeated: none counts, and each write says itself when it was.
      isIdempotent: true,
    },
    encoding: { useBigIntAsLong: true },
  };
}
