import { UserError } from '@spoor/platform';
import type { ForwardOptions } from './start-forwarder.ts';

const OWN_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Throws a `UserError` if spans would come back by our own port, and go on, and come back. */
export function refuseOwnPort(
  forward: ForwardOptions | undefined,
  { otlpHttp, otlpGrpc }: { readonly otlpHttp?: number; readonly otlpGrpc?: number },
): void {
  if (forward === undefined) return;
  const { target } = forward;
  const url = target.type === 'http' ? target.url : new URL(`http://${target.address}`);
  const own = target.type === 'http' ? otlpHttp : otlpGrpc;
  if (!OWN_HOSTS.has(url.hostname) || Number(url.port || 80) !== own) return;
  const message = `--collector.forward.otlp=${url.host} is this collector itself`;
  throw new UserError('bad-flag', `[collector] ${message}`);
}
