import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decodeEmitBatch, type EncodedBatch } from '@spoor/wire';

export interface UdpReceiver {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for compact jaeger.thrift datagrams and hands each on as a batch. */
export async function startUdpReceiver(
  port: number,
  take: (batch: EncodedBatch) => void,
): Promise<UdpReceiver> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram) => take(decodeEmitBatch(datagram)));
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
