import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import {
  decodeInit,
  ErrorCode,
  encodeErrorFrame,
  encodeFrame,
  encodeInitRes,
  encodePingReq,
  encodePingRes,
  type Frame,
  FrameSplitter,
  FrameType,
  NO_CALL,
  NO_TRACING,
  ownInit,
} from '@spoor/wire';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TchannelClient, type TchannelTimeouts } from './tchannel-client.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const ARGS = Uint8Array.of(0);
const METHOD = 'Collector::submitBatches';
const host = '127.0.0.1';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Somebody at a port who answers each frame as told. */
async function somebody(answer: (frame: Frame, socket: Socket) => void) {
  const sockets: Socket[] = [];
  const frames: Frame[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    const splitter = new FrameSplitter();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const frame of splitter.split(chunk)) {
        frames.push(frame);
        answer(frame, socket);
      }
    });
  }).listen(0, host);
  await once(server, 'listening');
  open.push({
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { port: (server.address() as AddressInfo).port, frames, sockets };
}

function clientOf(port: number, timeouts: TchannelTimeouts = { connectMs: 20_000 }) {
  const client = new TchannelClient({ host, port }, timeouts);
  open.push(client);
  return client;
}

const welcome = (frame: Frame, socket: Socket) => {
  if (frame.type === FrameType.initReq) socket.write(encodeInitRes(frame.id, ownInit('x:1', 'x')));
};

test('it introduces itself as an agent that takes no calls, once a connection', async () => {
  const { port, frames } = await somebody((frame, socket) => {
    welcome(frame, socket);
    if (frame.type === FrameType.callReq) {
      const error = { code: ErrorCode.busy, tracing: NO_TRACING, message: 'no' };
      socket.write(encodeErrorFrame(frame.id, error));
    }
  });
  const client = clientOf(port);
  for (let i = 0; i < 2; i++) {
    await expect(client.call(METHOD, ARGS, 20_000)).rejects.toMatchObject({ code: ErrorCode.busy });
  }
  expect(frames.map(({ type, id }) => [type, id])).toEqual([
    [FrameType.initReq, 1],
    [FrameType.callReq, 2],
    [FrameType.callReq, 3],
  ]);
  const { headers } = decodeInit(frames[0] as Frame);
  expect(headers.get('host_port')).toBe('0.0.0.0:0');
  expect(headers.get('process_name')).toBe(`jaeger-agent[${process.pid}]`);
});

test('a ping is answered', async () => {
  const answered = new Promise<number>((resolve) => {
    void somebody((frame, socket) => {
      welcome(frame, socket);
      if (frame.type === FrameType.callReq) socket.write(encodePingReq(77));
      if (frame.type === FrameType.pingRes) resolve(frame.id);
    }).then(({ port }) => {
      clientOf(port)
        .call(METHOD, ARGS, 20_000)
        .catch(() => undefined);
    });
  });
  expect(await answered).toBe(77);
});

describe('no call is left without an end', () => {
  test.each<[string, (frame: Frame, socket: Socket) => void, RegExp]>([
    [
      'when the other end is of another version',
      ({ id }, socket) => socket.write(encodeInitRes(id, { ...ownInit('', ''), version: 3 })),
      /TChannel of version 3/,
    ],
    [
      'when it is refused at once',
      ({ id }, socket) =>
        socket.write(
          encodeErrorFrame(id, { code: ErrorCode.fatal, tracing: NO_TRACING, message: 'go away' }),
        ),
      /go away/,
    ],
    [
      'when the other end is none of TChannel',
      (_, socket) => socket.write('\0\x01HTTP/1.1 400'),
      /a frame of 1 bytes/,
    ],
    [
      'when the connection ends',
      (frame, socket) => {
        if (frame.type === FrameType.callReq) socket.destroy();
        else welcome(frame, socket);
      },
      /the connection was closed|ECONNRESET/,
    ],
    [
      'when an error is about the connection',
      (frame, socket) => {
        welcome(frame, socket);
        if (frame.type !== FrameType.callReq) return;
        const error = { code: ErrorCode.fatal, tracing: NO_TRACING, message: 'broken' };
        socket.write(encodeErrorFrame(NO_CALL, error));
      },
      /broken/,
    ],
    [
      'when the connection ends with its beginning',
      ({ id }, socket) => {
        const error = { code: ErrorCode.fatal, tracing: NO_TRACING, message: 'full' };
        const beginning = encodeInitRes(id, ownInit('x:1', 'x'));
        socket.write(Buffer.concat([beginning, encodeErrorFrame(NO_CALL, error)]));
      },
      /full/,
    ],
    [
      'when the answer cannot be read',
      (frame, socket) => {
        welcome(frame, socket);
        if (frame.type === FrameType.callReq) {
          socket.write(encodeFrame(FrameType.callRes, frame.id, Buffer.from([0, 0])));
        }
      },
      /the payload ends too early/,
    ],
  ])('%s', async (_, answer, message) => {
    const { port } = await somebody(answer);
    await expect(clientOf(port).call(METHOD, ARGS, 20_000)).rejects.toThrow(message);
  });

  test('when nobody introduces himself', async () => {
    const { port } = await somebody(() => undefined);
    const client = clientOf(port, { connectMs: 30 });
    await expect(client.call(METHOD, ARGS, 20_000)).rejects.toThrow('no connection within 30 ms');
  });

  test('when nothing is answered; the next call makes a new connection', async () => {
    const { port, sockets } = await somebody(welcome);
    const client = clientOf(port);
    for (let i = 0; i < 2; i++) {
      await expect(client.call(METHOD, ARGS, 50)).rejects.toMatchObject({
        code: ErrorCode.timeout,
      });
    }
    expect(sockets).toHaveLength(2);
  });

  test('when the other end does not even answer a ping; while it does, the answer is waited for', async () => {
    let isThere = true;
    const { port, frames } = await somebody((frame, socket) => {
      welcome(frame, socket);
      if (frame.type === FrameType.pingReq && isThere) socket.write(encodePingRes(frame.id));
    });
    const pings = () => frames.filter(({ type }) => type === FrameType.pingReq).length;
    const client = clientOf(port, { connectMs: 20_000, silenceMs: 20 });
    const call = expect(client.call(METHOD, ARGS, 20_000)).rejects.toThrow('is silent');
    await vi.waitUntil(() => pings() > 6, SOON);
    expect(client.connected).toBe(true);
    isThere = false;
    await call;
  });

  test('when the client is closed', async () => {
    const { port } = await somebody(welcome);
    const client = clientOf(port);
    const call = expect(client.call(METHOD, ARGS, 20_000)).rejects.toMatchObject({
      code: ErrorCode.network,
    });
    client.close();
    await call;
    await expect(client.call(METHOD, ARGS, 20_000)).rejects.toThrow('closed');
  });
});
