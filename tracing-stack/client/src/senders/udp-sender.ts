import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ExchangeError } from '../http/exchange-error.ts';
import type { Sender } from './sender.ts';

export interface UdpSenderOptions {
  /** A name or an address. Names are looked up as IPv4, since agents listen there, unless `socketType` says otherwise. */
  readonly host: string;
  readonly port: number;
  /** For names that stand for both kinds of addresses; by the address, else IPv4, if not given. */
  readonly socketType?: 'udp4' | 'udp6' | undefined;
  /** Looks names up; as the system does if not given. */
  readonly lookup?: SocketOptions['lookup'];
  /** A datagram came back: nothing listens there. Over a network this may never be known. */
  readonly onRefused: () => void;
}

/** Sends to one agent. The socket is made at the first datagram and does not keep a process alive. */
export class UdpSender implements Sender {
  private readonly options: UdpSenderOptions;
  private isClosed = false;
  /** Ends a connecting that is under way. */
  private giveUp = () => {};
  private connection: Promise<Socket> | undefined;

  constructor(options: UdpSenderOptions) {
    this.options = options;
  }

  async send(datagram: Uint8Array): Promise<void> {
    if (this.isClosed) throw this.closed();
    this.connection ??= this.connect();
    const socket = await this.connection;
    try {
      await sendOver(socket, datagram);
    } catch (error) {
      if (!isRefused(error)) throw error;
      // The refusal of an earlier datagram, told at the next call, which then does nothing else. This one is still ours.
      this.options.onRefused();
      await sendOver(socket, datagram);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    // A look-up may take longer than whoever closes can wait.
    this.giveUp();
    const { connection } = this;
    this.connection = undefined;
    // One that failed left nothing to close, and `send` told its reason.
    const socket = await connection?.catch(() => undefined);
    if (!socket) return;
    // A refusal of the last datagram is known by now, and read within a turn of the event loop.
    await setImmediate();
    await setImmediate();
    await new Promise<void>((resolve) => socket.close(resolve));
  }

  /** Only a connected socket learns of refusals. */
  private async connect(): Promise<Socket> {
    const { host, port, socketType, lookup, onRefused } = this.options;
    const type = socketType ?? (isIPv6(host) ? 'udp6' : 'udp4');
    const socket = createSocket({ type, ...(lookup && { lookup }) }).unref();
    try {
      await new Promise<void>((resolve, reject) => {
        this.giveUp = () => reject(this.closed());
        socket.on('error', reject);
        socket.connect(port, host, (error?: Error) => (error ? reject(error) : resolve()));
      });
    } catch (error) {
      // The next datagram tries anew: the name may be known by then.
      this.connection = undefined;
      socket.close();
      throw error;
    }
    socket.on('error', onRefused);
    return socket;
  }

  private closed(): Error {
    const { host, port } = this.options;
    return new ExchangeError('closed', `closed before UDP ${host}:${port} was reached`);
  }
}

function sendOver(socket: Socket, datagram: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, (error) => (error ? reject(error) : resolve()));
  });
}

function isRefused(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
}
