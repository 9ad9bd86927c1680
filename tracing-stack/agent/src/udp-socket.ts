import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { bindError, type HostPort, type Logger } from '@spoor/platform';

export interface UdpSocketOptions extends HostPort {
  /** Named in the error when the port is held. */
  readonly flag: string;
  readonly receiveBufferBytes: number;
  readonly logger: Logger;
}

/** Binds a UDP port with a large receive buffer. Rejects with a `UserError` that says who holds the port. */
export async function bindUdp(options: UdpSocketOptions): Promise<Socket> {
  const { receiveBufferBytes, logger } = options;
  const socket = await bind(options);
  const given = growReceiveBuffer(socket, receiveBufferBytes);
  if (given < receiveBufferBytes) {
    logger.warn(
      { port: socket.address().port, asked: receiveBufferBytes, given },
      'the kernel gives a smaller receive buffer than asked for, so bursts may be lost (on Linux: sysctl net.core.rmem_max)',
    );
  }
  return socket;
}

/** Without a host: `::` for both families, or `0.0.0.0` on a machine without IPv6. */
async function bind(options: UdpSocketOptions): Promise<Socket> {
  const { host, port, flag } = options;
  const attempts =
    host === ''
      ? ([
          ['udp6', '::'],
          ['udp4', '0.0.0.0'],
        ] as const)
      : ([[host.includes(':') ? 'udp6' : 'udp4', host]] as const);
  let failure: unknown;
  for (const [family, address] of attempts) {
    const socket = createSocket(family);
    try {
      socket.bind({ port, address, exclusive: true });
      await once(socket, 'listening');
      return socket;
    } catch (error) {
      socket.close();
      failure ??= error;
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') break;
    }
  }
  throw await bindError({ component: 'agent', protocol: 'udp', host, port, flag }, failure);
}

/** Asks for `bytes`, or for as much as the kernel lets us have, and returns what it gave. */
function growReceiveBuffer(socket: Socket, bytes: number): number {
  for (let asked = bytes; asked >= 65_536; asked /= 2) {
    try {
      socket.setRecvBufferSize(asked);
      break;
    } catch (error) {
      // Linux quietly gives less; macOS refuses a size above its limit.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SOCKET_BUFFER_SIZE') throw error;
    }
  }
  const reported = socket.getRecvBufferSize();
  // Linux reports twice what was asked for: its own bookkeeping takes the other half.
  return process.platform === 'linux' ? reported / 2 : reported;
}
