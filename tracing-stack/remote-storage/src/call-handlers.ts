import {
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  type ServerWritableStream,
  status,
} from '@grpc/grpc-js';
import type { Logger } from '@spoor/platform';
import { answerTo } from './answer-to.ts';
import type { RemoteStorageMetrics } from './remote-storage-metrics.ts';

/** What each call is told to, however it ends. */
export interface CallObserver {
  readonly metrics: RemoteStorageMetrics;
  readonly logger: Logger;
}

/** Turns functions into handlers of gRPC calls: what they throw becomes a status, and each call is counted. */
export class CallHandlers {
  private readonly observer: CallObserver;

  constructor(observer: CallObserver) {
    this.observer = observer;
  }

  unary<Q, A>(method: string, answer: (request: Q) => Promise<A>): handleUnaryCall<Q, A> {
    return (call, callback) => {
      answer(call.request).then(
        (response) => {
          this.count(method, status.OK);
          callback(null, response);
        },
        (error: unknown) => callback({ ...this.failed(method, error), metadata: new Metadata() }),
      );
    };
  }

  /** The answer is sent as fast as the client reads; once it has gone, no more is asked for. */
  serverStream<Q, A>(
    method: string,
    answer: (request: Q) => AsyncIterable<A>,
  ): handleServerStreamingCall<Q, A> {
    return (call) => {
      send(call, answer).then(
        () => this.count(method, call.cancelled ? status.CANCELLED : status.OK),
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
          this.count(method, call.cancelled ? status.CANCELLED : status.OK);
          callback(null, response);
        },
        (error: unknown) => callback({ ...this.failed(method, error), metadata: new Metadata() }),
      );
    };
  }

  private failed(method: string, error: unknown) {
    const answer = answerTo(error);
    this.count(method, answer.code);
    const fields = { method, code: status[answer.code], reason: answer.details };
    if (answer.code === status.INTERNAL)
      this.observer.logger.error({ ...fields, err: error }, 'call failed');
    else this.observer.logger.debug(fields, 'call refused');
    return answer;
  }

  private count(method: string, code: status): void {
    this.observer.metrics.calls.inc({ method, code: status[code] });
  }
}

async function send<Q, A>(
  call: ServerWritableStream<Q, A>,
  answer: (request: Q) => AsyncIterable<A>,
): Promise<void> {
  for await (const chunk of answer(call.request)) {
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
