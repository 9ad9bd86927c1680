/** What a service learns from where it is deployed. An empty variable counts as none. */

/** The header or metadata under which a service that was given a name tells it. */
export const SERVICE_HEADER = 'x-spoor-service';

/** `SPOOR_SERVICE`: the name by which a service makes itself known, so that a lesson can tell it from a stranger. */
export function serviceName(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env['SPOOR_SERVICE'] || undefined;
}

/**
 * `LISTEN_HOST`, such as 0.0.0.0 in a container; else both addresses that `localhost` may mean, and nothing that other
 * machines can reach.
 */
export function listenHosts(env: NodeJS.ProcessEnv = process.env): readonly [string, ...string[]] {
  const host = env['LISTEN_HOST'];
  return host ? [host] : ['127.0.0.1', '::1'];
}
