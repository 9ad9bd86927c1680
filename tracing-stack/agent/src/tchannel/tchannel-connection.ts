import { connect, type Socket } from 'node:net';
import type { HostPort } from '@spoor/platform';
import {
  ArgumentJoiner,
  ChecksumType,
  COLLECTOR_SERVICE,
  DecodeError,
  decodeCallContinue,
  decodeCallRes,
  decodeErrorFrame,
  decodeInit,
  ErrorCode,
  encodeCallReq,
  encodeInitReq,
  encodePingReq,
  encodePingRes,
  type Fragment,
  type Frame,
  FrameSplitter,
  FrameType,
  NO_APPLICATION_HEADERS,
  NO_CALL,
  NO_TRACING,
  ownInit,
  ResponseCode,
  TCHANNEL_VERSION,
} from '@spoor/wire';
import type { TchannelTimeouts } from './tchannel-client.ts';
import { networkError, TchannelError } from './tchannel-error.ts';

/** `cn` is the caller's name: as Jaeger's agents call themselves. */
const HEADERS = new Map([
  ['as', 'thrift'],
  ['cn', 'jaeger-agent'],
]);

/** Of an answer: a result, or the strategies of all of a service's operations. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const INIT_ID = 1;

/** Of our pings. No call has it. */
const PING_ID = 0;
const SILENCE_MS = 10_000;
/** Pings in a row to which nothing came. */
const MOST_PINGS = 2;

interface Pending {
  readonly joiner: ArgumentJoiner;
  readonly resolve: (result: Uint8Array) => void;
  readonly reject: (error: TchannelError) => void;
  readonly timer: NodeJS.Timeout;
}

/** The end of one connection that calls, from the first byte to its end; then another is made. */
export class TchannelConnection {
  private readonly socket: Socket;
  private readonly splitter = new FrameSplitter();
  private readonly calls = new Map<number, Pending>();
  private readonly opening: Promise<void>;
  private opened!: { resolve(): void; reject(error: TchannelError): void };
  private lastId = INIT_ID;
  private receptions = 0;
  /** How many had come when it was last looked, and how often there were no more since. */
  private heard = 0;
  private pings = 0;
  private readonly listening: NodeJS.Timeout;
  isOpen = false;
  private ended: TchannelError | undefined;

  /** `onOpen` is told once both sides have introduced themselves. */
  constructor({ host, port }: HostPort, timeouts: TchannelTimeouts, onOpen: () => void) {
    const { connectMs, silenceMs = SILENCE_MS } = timeouts;
    this.opening = new Promise((resolve, reject) => {
      this.opened = { resolve, reject };
    });
    // Whoever calls is told; nobody need have called.
    this.opening.then(onOpen, () => undefined);
    this.socket = connect({ host, port, noDelay: true, keepAlive: true });
    const timer = setTimeout(() => this.end(`no connection within ${connectMs} ms`), connectMs);
    this.opening.finally(() => clearTimeout(timer)).catch(() => undefined);
    this.listening = setInterval(() => this.listen(), silenceMs).unref();
    this.socket.on('connect', () => {
      const name = `jaeger-agent[${process.pid}]`;
      this.socket.write(encodeInitReq(INIT_ID, ownInit('0.0.0.0:0', name)));
    });
    this.socket.on('data', (chunk: Buffer) => this.receive(chunk));
    this.socket.on('error', (error) => this.end(error.message, error));
    this.socket.on('close', () => this.end('the connection was closed'));
  }

  get isDone(): boolean {
    return this.ended !== undefined;
  }

  /** Calls a method with a struct and resolves with that of its result. Rejects with `TchannelError`. */
  async call(method: string, args: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    await this.opening;
    // It may have ended by what came together with the introduction.
    if (this.ended !== undefined) throw this.ended;
    return new Promise((resolve, reject) => {
      const id = this.nextId();
      const sentAt = this.receptions;
      const timer = setTimeout(() => this.expire(id, timeoutMs, sentAt), timeoutMs);
      const joiner = new ArgumentJoiner(MAX_ANSWER_BYTES);
      this.calls.set(id, { joiner, resolve, reject, timer });
      const frames = encodeCallReq(
        { ttl: timeoutMs, tracing: NO_TRACING, service: COLLECTOR_SERVICE, headers: HEADERS },
        {
          id,
          checksumType: ChecksumType.crc32,
          args: [Buffer.from(method), NO_APPLICATION_HEADERS, args],
        },
      );
      for (const frame of frames) this.socket.write(frame);
    });
  }

  close(): void {
    this.end('closed');
  }

  private nextId(): number {
    do this.lastId = this.lastId >= NO_CALL - 1 ? INIT_ID + 1 : this.lastId + 1;
    while (this.calls.has(this.lastId));
    return this.lastId;
  }

  /** A call may take long; whether the other end is there, a ping tells sooner. */
  private listen(): void {
    const isSilent = this.calls.size > 0 && this.receptions === this.heard;
    this.heard = this.receptions;
    if (!isSilent) this.pings = 0;
    else if (this.pings < MOST_PINGS) {
      this.pings++;
      this.socket.write(encodePingReq(PING_ID));
    } else this.end('the other end is silent');
  }

  /** Where nothing came at all meanwhile, the other end is not there any more. */
  private expire(id: number, timeoutMs: number, sentAt: number): void {
    const message = `no answer within ${timeoutMs} ms`;
    this.settle(id)?.reject(new TchannelError(ErrorCode.timeout, message));
    if (this.receptions === sentAt) this.end(message);
  }

  private receive(chunk: Buffer): void {
    this.receptions++;
    try {
      for (const frame of this.splitter.split(chunk)) {
        this.take(frame);
        if (this.isDone) return;
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.end(error.message, error);
    }
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case FrameType.initRes:
        this.open(frame);
        return;
      case FrameType.callRes:
        this.answer(frame.id, () => readAnswer(frame));
        return;
      case FrameType.callResContinue:
        this.answer(frame.id, () => decodeCallContinue(frame));
        return;
      case FrameType.pingReq:
        this.socket.write(encodePingRes(frame.id));
        return;
      case FrameType.error:
        this.takeError(frame);
        return;
      // Nothing else is sent to who takes no calls.
    }
  }

  private open(frame: Frame): void {
    const { version } = decodeInit(frame);
    if (version !== TCHANNEL_VERSION) this.end(`TChannel of version ${version}`);
    else {
      this.isOpen = true;
      this.opened.resolve();
    }
  }

  /** An answer to a call that was given up says nothing. */
  private answer(id: number, read: () => Fragment): void {
    const call = this.calls.get(id);
    if (call === undefined) return;
    try {
      const args = call.joiner.add(read());
      if (args !== undefined) this.settle(id)?.resolve(args[2]);
    } catch (error) {
      if (!(error instanceof DecodeError || error instanceof TchannelError)) throw error;
      this.settle(id)?.reject(
        error instanceof TchannelError
          ? error
          : new TchannelError(ErrorCode.unexpected, error.message, error),
      );
    }
  }

  private takeError(frame: Frame): void {
    const { code, message } = decodeErrorFrame(frame);
    this.settle(frame.id)?.reject(new TchannelError(code, message));
    if (code === ErrorCode.fatal || !this.isOpen) this.end(message);
  }

  private settle(id: number): Pending | undefined {
    const call = this.calls.get(id);
    clearTimeout(call?.timer);
    this.calls.delete(id);
    return call;
  }

  private end(reason: string, cause?: unknown): void {
    if (this.isDone) return;
    this.isOpen = false;
    clearInterval(this.listening);
    const error = networkError(reason, cause);
    this.ended = error;
    this.opened.reject(error);
    for (const id of [...this.calls.keys()]) this.settle(id)?.reject(error);
    this.socket.destroy();
  }
}

function readAnswer(frame: Frame): Fragment {
  const { code, fragment } = decodeCallRes(frame);
  if (code === ResponseCode.ok) return fragment;
  throw new TchannelError(ErrorCode.unexpected, `an exception (response code ${code})`);
}
