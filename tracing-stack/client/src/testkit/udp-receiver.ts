import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Span } from '@spoor/model';
import { decodeEmitBatch } from '@spoor/wire';

/** Stands where jaeger-agent stands: a UDP socket, and what came to it. */
export interface UdpReceiver extends AsyncDisposable {
  readonly port: number;
  readonly datagrams: readonly Uint8Array[];
  /** Every span that came, in order. */
  spans(): Span[];
  /** Resolves when at least `count` spans are here. */
  received(count: number): Promise<void>;
}

/** On a free port unless told otherwise. */
export async function udpReceiver(port = 0): Promise<UdpReceiver> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  const datagrams: Uint8Array[] = [];
  socket.on('message', (datagram) => datagrams.push(datagram));
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  const spans = () => datagrams.flatMap((datagram) => decodeEmitBatch(datagram).spans());
  return {
    port: socket.address().port,
    datagrams,
    spans,
    async received(count) {
      while (spans().length < count) await once(socket, 'message');
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}
