import { type HostPort, isOwnAddress, UserError } from '@spoor/platform';
import type { ForwardOptions } from './start-forwarder.ts';

/** Rejects with a `UserError` if spans would come back by our own port, and go on, and come back. */
export async function refuseOwnPort(
  forward: ForwardOptions | undefined,
  own: { readonly otlpHttp?: HostPort | undefined; readonly otlpGrpc?: HostPort | undefined },
): Promise<void> {
  if (forward === undefined) return;
  const { target } = forward;
  const door = target.type === 'http' ? own.otlpHttp : own.otlpGrpc;
  const url = target.type === 'http' ? target.url : new URL(`http://${target.address}`);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (door === undefined || !(await isOwnAddress({ host, port }, door))) return;
  const message = `--collector.forward.otlp=${url.host} is this collector itself`;
  throw new UserError('bad-flag', `[collector] ${message}`);
}
