import { randomUUID } from 'node:crypto';
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { KeyValue } from '@spoor/model';
import type { Losses } from './losses.ts';
import { keyValuesOf } from './tag-values.ts';
import { CLIENT_VERSION } from './version.ts';

/**
 * The tags by which Jaeger's clients tell a process: `jaeger.version`, `hostname`, `ip`, and `client-uuid`, which is
 * another for each tracer. `tags` come first, and one of theirs named `hostname` or `ip` replaces ours.
 */
export function processTags(losses: Losses, tags: Record<string, unknown> = {}): KeyValue[] {
  const own = {
    'jaeger.version': CLIENT_VERSION,
    hostname: hostname(),
    ip: hostIp(),
    'client-uuid': randomUUID(),
  };
  return keyValuesOf({ ...tags, ...own, ...pick(tags, ['hostname', 'ip']) }, losses);
}

/** What `os.networkInterfaces` says, as far as it matters here. */
type Interfaces = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[]>;

/** The machine's first IPv4 address that others can see, else loopback. */
export function hostIp(interfaces: Interfaces = networkInterfaces()): string {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const seen = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return seen?.address ?? '127.0.0.1';
}

function pick(tags: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => keys.includes(key)));
}
