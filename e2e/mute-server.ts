import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that takes connections, and says nothing. */
export interface MuteServer extends AsyncDisposable {
  readonly port: number;
  /** Of all connections. */
  readonly bytesRead: number;
}

export async function startMuteServer(): Promise<MuteServer> {
  const sockets = new Set<Socket>();
  let bytesRead = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => {
      bytesRead += chunk.length;
    });
    // How it ends is for the other end to say.
    socket.on('error', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get bytesRead() {
      return bytesRead;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
