import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  ArgumentJoiner,
  type CallReqHead,
  decodeCallRes,
  decodeErrorFrame,
  encodeCallReq,
  encodeInitReq,
  errorCodeName,
  type Frame,
  FrameSplitter,
  FrameType,
  NO_TRACING,
  ownInit,
} from '@spoor/wire';

/** The other end of a collector's TChannel, which sends what a test wants it to, and keeps what comes. */
export interface TchannelPeer {
  readonly socket: Socket;
  readonly frames: readonly Frame[];
  readonly closed: Promise<unknown>;
  send(...bytes: readonly Uint8Array[]): void;
  /** Resolves with the first frame that is about this id. */
  frame(id: number): Promise<Frame>;
  /** The third argument of the answer to a call, in hex, or its error as `code: message`. */
  answer(id: number): Promise<string>;
}

export const HEAD: CallReqHead = {
  ttl: 10_000,
  tracing: NO_TRACING,
  service: 'jaeger-collector',
  headers: new Map([
    ['as', 'thrift'],
    ['cn', 'jaeger-agent'],
  ]),
};

export const SUBMIT = 'Collector::submitBatches';

/** The frames of a call as an agent makes it. */
export function callFrames(
  id: number,
  arg3: Uint8Array,
  { method = SUBMIT, checksumType = 1, maxFrameBytes = 65_535, ...head } = {} as Partial<
    CallReqHead & { method: string; checksumType: number; maxFrameBytes: number }
  >,
): Buffer[] {
  const args = [Buffer.from(method), Buffer.from([0, 0]), arg3] as const;
  return encodeCallReq({ ...HEAD, ...head }, { id, checksumType, args, maxFrameBytes });
}

/** Connects, and introduces itself unless it shall not. */
export async function tchannelPeer(port: number, isSilent = false): Promise<TchannelPeer> {
  const socket = connect(port, '127.0.0.1');
  const frames: Frame[] = [];
  const splitter = new FrameSplitter();
  const waiting: (() => void)[] = [];
  socket.on('data', (chunk: Buffer) => {
    frames.push(...splitter.split(chunk));
    for (const resolve of waiting.splice(0)) resolve();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  await once(socket, 'connect');

  async function frame(id: number): Promise<Frame> {
    for (;;) {
      const found = frames.find((one) => one.id === id);
      if (found) return found;
      const next = new Promise<void>((resolve) => waiting.push(resolve));
      const ended = await Promise.race([next, closed]);
      if (ended && !frames.some((one) => one.id === id)) throw new Error('closed');
    }
  }

  const peer: TchannelPeer = {
    socket,
    frames,
    closed,
    send: (...bytes) => void socket.write(Buffer.concat(bytes)),
    frame,
    async answer(id) {
      const answered = await frame(id);
      if (answered.type === FrameType.error) {
        const { code, message } = decodeErrorFrame(answered);
        return `${errorCodeName(code)}: ${message}`;
      }
      const args = new ArgumentJoiner(1e6).add(decodeCallRes(answered).fragment);
      return args?.[2].toString('hex') ?? 'more fragments';
    },
  };
  if (isSilent) return peer;
  peer.send(encodeInitReq(1, ownInit('0.0.0.0:0', 'test[1]')));
  await frame(1);
  return peer;
}
