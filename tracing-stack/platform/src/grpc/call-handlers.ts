import {
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import type { Logger } from '../logger.ts';
import { CallError, type CallStatus } from './call-error.ts';

/** What is told of each call, however it ends. */
export interface CallObserver {
  /** What a component's own errors mean to a client; `undefined` for those that it does not know. */
  readonly statusOf: (error: unknown) => status | undefined;
  readonly ended?: (method: string, code: status) => void;
  readonly logger: Logger;
}

/** Turns functions into handlers of gRPC calls: what they throw becomes a status. */
export class CallHandlers {
  private readonly observer: CallObserver;

  constructor(observer: CallObserver) {
    this.observer = observer;
  }

  /** `signal` tells an answer that nobody waits for it any longer. */
  unary<Q, A>(
    method: string,
    answer: (request: Q, signal: AbortSignal) => Promise<A>,
  ): handleUnaryCall<Q, A> {
    return (call, callback) => {
      const gone = new AbortController();
      call.on('cancelled', () => gone.abort());
      answer(call.request, gone.signal).then(
        (response) => {
          this.ended(method, status.OK);
          callback(null, response);
        },
        (error: unknown) => callback({ ...this.failed(method, error), metadata: new Metadata() }),
      );
    };
  }

  /**
   * The answer is sent as fast as the client reads; once it has gone, no more is asked for. `signal` tells an answer that
   * waits for something that nobody waits for it any longer.
   */
  serverStream<Q, A>(
    method: string,
    answer: (request: Q, signal: AbortSignal) => AsyncIterable<A>,
  ): handleServerStreamingCall<Q, A> {
    return (call) => {
      send(call, answer).then(
        () => this.ended(method, call.cancelled ? status.CANCELLED : status.OK),
        (error: unknown) => call.emit('error', this.failed(method, error)),
      );
    };
  }

  /** One answer to all requests of a stream. */
  clientStream<Q, A>(
    method: string,
    answer: (requests: AsyncIterable<Q>) => Promise<A>,
  ): handleClientStreamingCall<Q, A> {
    return (call, callback) => {
      answer(call).then(
        (response) => {
          this.ended(method, call.cancelled ? status.CANCELLED : status.OK);
          callback(null, response);
        },
        (error: unknown) => callback({ ...this.failed(method, error), metadata: new Metadata() }),
      );
    };
  }

  private failed(method: string, error: unknown): CallStatus {
    const answer = this.answerTo(error);
    this.ended(method, answer.code);
    const fields = { method, code: status[answer.code], reason: answer.details };
    // A CallError is an answer that was meant, also where Jaeger's code for a caller's mistake is INTERNAL.
    if (answer.code === status.INTERNAL && !(error instanceof CallError))
      this.observer.logger.error({ ...fields, err: error }, 'call failed');
    else this.observer.logger.debug(fields, 'call refused');
    return answer;
  }

  private answerTo(error: unknown): CallStatus {
    const details = error instanceof Error ? error.message : String(error);
    const known = error instanceof CallError ? error.code : this.observer.statusOf(error);
    return { code: known ?? status.INTERNAL, details };
  }

  private ended(method: string, code: status): void {
    this.observer.ended?.(method, code);
  }
}

async function send<Q, A>(
  call: ServerWritableStream<Q, A>,
  answer: (request: Q, signal: AbortSignal) => AsyncIterable<A>,
): Promise<void> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  for await (const chunk of answer(call.request, gone.signal)) {
    if (call.cancelled) return;
    if (!call.write(chunk)) await drained(call);
  }
  call.end();
}

/** Resolves when the client has read, or has gone. */
function drained(call: ServerWritableStream<unknown, unknown>): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      call.off('drain', end);
      call.off('cancelled', end);
      resolve();
    }
    call.on('drain', end);
    call.on('cancelled', end);
    if (call.cancelled) end();
  });
}
