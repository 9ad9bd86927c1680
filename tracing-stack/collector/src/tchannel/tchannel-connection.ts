import type { Socket } from 'node:net';
import type { ByteBudget, Logger } from '@spoor/platform';
import {
  type CallArguments,
  ChecksumType,
  COLLECTOR_SERVICE,
  DecodeError,
  decodeCallContinue,
  decodeCallReq,
  decodeErrorFrame,
  decodeInit,
  ErrorCode,
  encodeCallRes,
  encodeErrorFrame,
  encodeInitRes,
  encodePingReq,
  encodePingRes,
  errorCodeName,
  type Frame,
  FrameSplitter,
  type FrameTracing,
  FrameType,
  NO_APPLICATION_HEADERS,
  NO_CALL,
  NO_TRACING,
  ownInit,
  ResponseCode,
  TCHANNEL_VERSION,
  type WireMessage,
} from '@spoor/wire';
import { CallError, callErrorOf } from './call-error.ts';
import { IncomingCall } from './incoming-call.ts';
import type { Method } from './methods.ts';
import type { TchannelMetrics } from './tchannel-metrics.ts';

export interface TchannelConnectionOptions {
  readonly methods: ReadonlyMap<string, Method>;
  readonly metrics: TchannelMetrics;
  readonly logger: Logger;
  /** Where the server listens. */
  readonly hostPort: string;
  /** Of the arguments of one call. */
  readonly maxCallBytes: number;
  /** For the arguments of calls that are not whole, of all connections. */
  readonly budget: ByteBudget;
  /** Whether the frames of calls are handed on with them. */
  readonly keepsFrames: boolean;
  /** Calls that may be under way on one connection. */
  readonly maxCalls: number;
  /** How long a connection may take to say who it is, and to read what it is told. */
  readonly patienceMs: number;
  /** How long it may be silent before it is asked whether it is still there. */
  readonly idleMs: number;
  /** How long a call may take, whatever time its sender gives. */
  readonly maxTtlMs: number;
}

/** The end of a connection that is called. Whatever comes in, the process lives. */
export class TchannelConnection {
  private readonly socket: Socket;
  private readonly options: TchannelConnectionOptions;
  private readonly splitter = new FrameSplitter();
  private readonly calls = new Map<number, IncomingCall>();
  private impatience: NodeJS.Timeout | undefined;
  private isOpen = false;
  private isClosing = false;
  private isPinged = false;

  constructor(socket: Socket, options: TchannelConnectionOptions) {
    this.socket = socket;
    this.options = options;
    socket.setNoDelay(true);
    socket.setTimeout(options.idleMs);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('timeout', () => this.idle());
    socket.on('drain', () => {
      this.calm();
      socket.resume();
    });
    // What is to be said of it is said with 'close'.
    socket.on('error', (error) => options.logger.debug({ reason: error.message }, 'tchannel'));
    socket.on('close', () => this.forget());
    this.hurry('no init req');
  }

  /** Takes no more calls, and ends with the last that is under way; at once if its other end never said who it is. */
  close(): void {
    this.isClosing = true;
    if (this.isOpen) this.endIfDone();
    else this.destroy();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.isPinged = false;
    try {
      for (const frame of this.splitter.split(chunk)) {
        this.take(frame);
        if (this.socket.destroyed || this.socket.writableEnded) return;
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.fail(NO_CALL, error.message);
    }
  }

  private take(frame: Frame): void {
    if (!this.isOpen) {
      this.init(frame);
      return;
    }
    switch (frame.type) {
      case FrameType.callReq:
        this.begin(frame);
        return;
      case FrameType.callReqContinue:
        this.goOn(frame);
        return;
      case FrameType.cancel:
        this.refuse(frame.id, ErrorCode.cancelled, 'cancelled by its sender');
        return;
      case FrameType.pingReq:
        this.write([encodePingRes(frame.id)]);
        return;
      case FrameType.error:
        this.takeError(frame);
        return;
      // That another peer works on a call changes nothing here, and a ping's answer was noted when it came.
      case FrameType.claim:
      case FrameType.pingRes:
        return;
      default:
        this.options.metrics.ignored.inc();
    }
  }

  private init(frame: Frame): void {
    if (frame.type !== FrameType.initReq) {
      this.fail(frame.id, `a frame of type ${frame.type} where an init req was expected`);
      return;
    }
    const { version } = decodeInit(frame);
    if (version !== TCHANNEL_VERSION) {
      const words = `unsupported protocol version ${version}, expected ${TCHANNEL_VERSION}`;
      this.fail(frame.id, words);
      return;
    }
    this.isOpen = true;
    this.calm();
    const name = `jaeger-collector[${process.pid}]`;
    this.write([encodeInitRes(frame.id, ownInit(this.options.hostPort, name))]);
  }

  private begin(frame: Frame): void {
    const { id } = frame;
    if (this.calls.has(id)) {
      this.fail(id, `call ${id} is under way already`);
      return;
    }
    const { maxCallBytes, budget, maxTtlMs, keepsFrames } = this.options;
    try {
      const head = decodeCallReq(frame);
      this.checkRoom(head.ttl);
      const ttl = Math.min(head.ttl, maxTtlMs);
      const limits = { maxBytes: maxCallBytes, budget, ttl, keepsFrames };
      const call = new IncomingCall(id, head, limits, this.expiry(ttl));
      this.calls.set(id, call);
      this.collect(call, () => call.add(head.fragment, frame));
    } catch (error) {
      this.sendError(id, NO_TRACING, error);
    }
  }

  /** A function of its own scope: it lives as long as the call, and is not to keep the frame that began it. */
  private expiry(ttl: number): (call: IncomingCall) => void {
    return ({ id }) => this.refuse(id, ErrorCode.timeout, `no answer within ${ttl} ms`);
  }

  private checkRoom(ttl: number): void {
    if (this.isClosing) throw new CallError(ErrorCode.declined, 'the collector is closing');
    const { maxCalls } = this.options;
    if (this.calls.size >= maxCalls) {
      throw new CallError(ErrorCode.busy, `${maxCalls} calls are under way on this connection`);
    }
    if (ttl === 0) throw new CallError(ErrorCode.badRequest, 'a call without a time to live');
  }

  private goOn(frame: Frame): void {
    const call = this.calls.get(frame.id);
    // It was refused, or its time is over, and its sender did not know yet.
    if (call === undefined) this.options.metrics.ignored.inc();
    else this.collect(call, () => call.add(decodeCallContinue(frame), frame));
  }

  /** Runs the call if it is whole. */
  private collect(call: IncomingCall, add: () => CallArguments | undefined): void {
    let args: CallArguments | undefined;
    try {
      args = add();
    } catch (error) {
      this.answerError(call, error);
      return;
    }
    if (args === undefined) return;
    this.run(call, args).then(
      (result) => this.answer(call, result),
      (error: unknown) => this.answerError(call, error),
    );
  }

  private async run(
    { head, id, frames }: IncomingCall,
    [arg1, , arg3]: CallArguments,
  ): Promise<Uint8Array> {
    const { methods, logger, metrics } = this.options;
    const method = arg1.toString();
    const { tracing, service } = head;
    const as = head.headers.get('as');
    logger.debug({ id, service, method, tracing }, 'tchannel call');
    if (as !== 'thrift') {
      const scheme = JSON.stringify(as ?? null);
      throw new CallError(ErrorCode.badRequest, `arg scheme ${scheme} where "thrift" was expected`);
    }
    const served = service === COLLECTOR_SERVICE ? methods.get(method) : undefined;
    if (served === undefined) {
      const names = `service ${JSON.stringify(service)} and method ${JSON.stringify(method)}`;
      throw new CallError(ErrorCode.badRequest, `no handler for ${names}`);
    }
    metrics.calls.inc({ method });
    return served(arg3, frames.length > 0 ? this.messageOf(frames, method) : undefined);
  }

  private messageOf(frames: readonly Buffer[], method: string): WireMessage {
    const { remoteAddress = '', remotePort = 0 } = this.socket;
    return {
      layout: 'tchannel-call',
      bytes: frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames),
      sender: { address: remoteAddress, port: remotePort },
      request: method,
    };
  }

  private answer(call: IncomingCall, result: Uint8Array): void {
    if (!this.settle(call)) return;
    const { checksumType } = call;
    const headers = new Map([['as', 'thrift']]);
    this.write(
      encodeCallRes(
        { code: ResponseCode.ok, tracing: call.tracing, headers },
        {
          id: call.id,
          checksumType: checksumType === ChecksumType.farmhash32 ? ChecksumType.none : checksumType,
          args: [NOTHING, NO_APPLICATION_HEADERS, result],
        },
      ),
    );
    this.endIfDone();
  }

  private refuse(id: number, code: number, message: string): void {
    const call = this.calls.get(id);
    if (call !== undefined) this.answerError(call, new CallError(code, message));
  }

  private answerError(call: IncomingCall, error: unknown): void {
    if (!this.settle(call)) return;
    this.sendError(call.id, call.tracing, error);
    this.endIfDone();
  }

  /** `false` if it was answered already: its time was over, or its sender gone. */
  private settle(call: IncomingCall): boolean {
    if (this.calls.get(call.id) !== call) return false;
    this.calls.delete(call.id);
    call.end();
    return true;
  }

  private sendError(id: number, tracing: FrameTracing, error: unknown): void {
    const { code, message } = callErrorOf(error);
    const { metrics, logger } = this.options;
    metrics.errors.inc({ code: errorCodeName(code) });
    logger.debug({ id, code: errorCodeName(code), reason: message }, 'tchannel error frame');
    const words = message.slice(0, MAX_MESSAGE_LENGTH);
    this.write([encodeErrorFrame(id, { code, tracing, message: words })]);
  }

  /** An error of the other end's own about the connection ends it. */
  private takeError(frame: Frame): void {
    const { code, message } = decodeErrorFrame(frame);
    this.options.logger.debug({ code: errorCodeName(code), message }, 'tchannel peer complains');
    if (code === ErrorCode.fatal) this.socket.end();
  }

  /** Says why, and ends the connection. */
  private fail(id: number, message: string): void {
    this.sendError(id, NO_TRACING, new CallError(ErrorCode.fatal, message));
    this.socket.end();
    this.hurry('not closed by its other end');
  }

  private write(frames: readonly Buffer[]): void {
    if (this.socket.destroyed || this.socket.writableEnded) return;
    let hasRoom = true;
    for (const frame of frames) hasRoom = this.socket.write(frame);
    if (hasRoom) return;
    // Who does not read the answers may ask no more.
    this.socket.pause();
    this.hurry('answers are not read');
  }

  /** Destroys the connection after a while, unless it is calmed before. */
  private hurry(reason: string): void {
    this.impatience ??= setTimeout(() => {
      this.options.logger.debug({ reason }, 'tchannel connection given up');
      this.socket.destroy();
    }, this.options.patienceMs);
  }

  private calm(): void {
    clearTimeout(this.impatience);
    this.impatience = undefined;
  }

  private idle(): void {
    if (this.isPinged || this.splitter.hasPartial || !this.isOpen) this.socket.destroy();
    else {
      this.isPinged = true;
      this.write([encodePingReq(PING_ID)]);
    }
  }

  private endIfDone(): void {
    if (!this.isClosing || this.calls.size > 0) return;
    this.socket.end();
    this.hurry('not closed by its other end');
  }

  private forget(): void {
    this.calm();
    for (const call of this.calls.values()) call.end();
    this.calls.clear();
  }
}

const NOTHING = new Uint8Array(0);
/** Of an error's text, whose length has two bytes. */
const MAX_MESSAGE_LENGTH = 1000;
/** Of our own pings, of which one is under way at most. */
const PING_ID = 1;
