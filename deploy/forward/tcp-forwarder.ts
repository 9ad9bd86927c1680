import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

export interface ForwarderOptions {
  /** Stands for any number of machines. */
  readonly name: string;
  /** Listened on, and connected to. */
  readonly port: number;
  /** The port to listen on, if it is another; 0 takes any free one. */
  readonly listenPort?: number;
  readonly host?: string;
  /** All addresses of `name`. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
  /** An address that does not answer for so long is passed over. */
  readonly connectWithinMs?: number;
  readonly warn?: (line: string) => void;
}

export interface Forwarder {
  readonly port: number;
  /** Ends the connections, too, also those that are being made. */
  close(): Promise<void>;
}

/**
 * Passes each connection on to one of the addresses that a name has at that moment, in turn, and to the next if that
 * one does not answer. A connection for which none answers is closed.
 */
export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const { name, port, listenPort = port, host, resolve = addressesOf } = options;
  const { connectWithinMs = 2000, warn = console.error } = options;
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  const { signal } = closing;
  let turn = 0;

  async function forward(from: Socket): Promise<void> {
    const to = await answering();
    sockets.add(to);
    to.on('close', () => sockets.delete(to));
    if (from.destroyed || signal.aborted) {
      to.destroy();
      return;
    }
    // Either end may finish before the other. How a connection ended is for its ends to say.
    pipeline(from, to, () => {});
    pipeline(to, from, () => {});
  }

  async function answering(): Promise<Socket> {
    const addresses = await resolve(name);
    const first = turn++;
    const reasons: string[] = [];
    for (let i = 0; i < addresses.length && !signal.aborted; i++) {
      const host = addresses[(first + i) % addresses.length] as string;
      try {
        return await connected({ host, port, signal }, connectWithinMs);
      } catch (error) {
        reasons.push((error as Error).message);
      }
    }
    throw new Error(reasons.join('; ') || `${name} has no address`);
  }

  const server = createServer({ allowHalfOpen: true }, (from) => {
    sockets.add(from);
    from.on('close', () => sockets.delete(from));
    from.on('error', () => from.destroy());
    forward(from).catch((error: Error) => {
      if (!signal.aborted) warn(`:${port}: nobody answers: ${error.message}`);
      from.destroy();
    });
  });
  server.listen(listenPort, host);
  await once(server, 'listening');
  return {
    port: portOf(server),
    close() {
      closing.abort();
      return closed(server, sockets);
    },
  };
}

async function addressesOf(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

async function connected(target: Target, withinMs: number): Promise<Socket> {
  const socket = connect({ ...target, allowHalfOpen: true });
  const late = setTimeout(() => {
    const { host, port } = target;
    socket.destroy(new Error(`${host}:${port} did not answer within ${withinMs} ms`));
  }, withinMs);
  try {
    await once(socket, 'connect');
    return socket;
  } finally {
    clearTimeout(late);
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const end = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await end;
}
