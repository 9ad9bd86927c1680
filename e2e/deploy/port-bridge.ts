import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** Ports as they are known within a network of its own, and where they are on the machine. */
export interface BridgedPorts {
  readonly tcp: Readonly<Record<number, number>>;
  readonly udp: Readonly<Record<number, number>>;
}

/**
 * The machine's end of a bridge into a network namespace, which knows no address out of it: a Unix socket for each
 * port in `folder`, for port-bridge-inside.ts. A datagram comes with its length in two bytes before it.
 */
export async function openBridge(folder: string, { tcp, udp }: BridgedPorts) {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  async function listen(path: string, onConnection: (socket: Socket) => void) {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      keep(socket);
      onConnection(socket);
    });
    servers.push(server.listen(path));
    await once(server, 'listening');
  }
  function keep(socket: Socket) {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  }

  for (const [name, port] of Object.entries(tcp))
    await listen(join(folder, `tcp-${name}`), (from) => {
      const to = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      keep(to);
      from.pipe(to).pipe(from);
    });
  for (const [name, port] of Object.entries(udp)) {
    const out = createSocket('udp4').unref();
    await listen(join(folder, `udp-${name}`), (from) => {
      let bytes = Buffer.alloc(0);
      from.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
          const end = 2 + bytes.readUInt16BE(0);
          out.send(bytes.subarray(2, end), port, '127.0.0.1');
          bytes = bytes.subarray(end);
        }
      });
    });
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        servers.map(async (server) => {
          const closed = once(server, 'close');
          server.close();
          await closed;
        }),
      );
    },
  };
}
