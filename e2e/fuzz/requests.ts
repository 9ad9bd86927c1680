import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Client, credentials } from '@grpc/grpc-js';
import type { Random } from '@spoor/wire/testkit';

/** A body as it is posted, now and then compressed, and then now and then a bomb. */
export function postRequest(
  path: string,
  contentType: string,
): (body: Uint8Array, random: Random) => Uint8Array {
  return (body, random) => {
    const isPacked = random.oneIn(5);
    const sent = isPacked ? (random.oneIn(10) ? bomb() : gzipSync(body)) : body;
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      `Content-Type: ${contentType}`,
      ...(isPacked ? ['Content-Encoding: gzip'] : []),
      `Content-Length: ${sent.length}`,
      'Connection: close',
    ];
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), sent]);
  };
}

/** A path as it is asked for. */
export function getRequest(path: Uint8Array): Uint8Array {
  const end = ' HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
  return Buffer.concat([Buffer.from('GET '), path, Buffer.from(end)]);
}

/** Compressed 64 KiB that become 64 MiB. */
let madeBomb: Uint8Array | undefined;
function bomb(): Uint8Array {
  madeBomb ??= gzipSync(Buffer.alloc(64 * 1024 * 1024));
  return madeBomb;
}

/** What a gRPC client writes to its connection for one call, from HTTP/2's preface on. */
export async function grpcConnectionBytes(
  method: string,
  message: Uint8Array,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    // An empty SETTINGS frame: without one the client waits.
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = new Client(`127.0.0.1:${address.port}`, credentials.createInsecure());
  await new Promise<void>((resolve) => {
    const bytes = (buffer: Buffer) => buffer;
    const deadline = Date.now() + 2000;
    client.makeUnaryRequest(method, bytes, bytes, Buffer.from(message), { deadline }, () =>
      resolve(),
    );
  });
  client.close();
  await new Promise((resolve) => server.close(resolve));
  return Buffer.concat(chunks);
}
