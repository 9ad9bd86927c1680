import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv6 } from 'node:net';
import { type PortProtocol, portHolder } from '@spoor/platform';
import { holderText, portHeldError } from './held-port.ts';
import type { Say } from './i18n/messages.ts';

/** Both addresses that `localhost` may stand for. */
const LOOPBACKS = ['127.0.0.1', '::1'];

/** Throws a `LessonError` that names the holder if somebody listens on `port` (TCP, loopback). `purpose` ends the line. */
export async function requireFreePort(port: number, purpose: (say: Say) => string): Promise<void> {
  if (await isFree(port)) return;
  const holder = await portHolder(port, 'tcp');
  // Whoever had it may be gone by now, and so is not to be found.
  if (holder === undefined && (await isFree(port))) return;
  throw portHeldError(port, holder, purpose);
}

/** Tried by binding, for only that finds also what listens on every interface. */
export async function isFree(
  port: number,
  protocol: PortProtocol = 'tcp',
  hosts: readonly string[] = LOOPBACKS,
): Promise<boolean> {
  for (const host of hosts) {
    const socket =
      protocol === 'tcp' ? createServer() : createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    try {
      if (socket instanceof Socket) socket.bind(port, host);
      else socket.listen(port, host);
      await once(socket, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
      // A machine without IPv6 has no ::1 that could be held; any other trouble is for the service to tell.
    } finally {
      socket.close();
    }
  }
  return true;
}

/** Who has a port, in words: `pid 4242 (node server.js)`. */
export async function holderOf(
  port: number,
  protocol: PortProtocol,
): Promise<(say: Say) => string> {
  const holder = await portHolder(port, protocol);
  return (say) => holderText(holder, say);
}
