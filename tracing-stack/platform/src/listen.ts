import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { type BindTarget, bindError } from './bind-error.ts';

/** Starts a TCP or HTTP server on `target` and returns its port. Rejects with a `UserError` that says who holds the port. */
export async function listen(
  server: Server,
  target: Omit<BindTarget, 'protocol'>,
): Promise<number> {
  // Without a host Node takes `::` for both families, and `0.0.0.0` where there is no IPv6.
  server.listen(
    target.host === '' ? { port: target.port } : { port: target.port, host: target.host },
  );
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw await bindError({ ...target, protocol: 'tcp' }, cause);
  }
  return (server.address() as AddressInfo).port;
}
