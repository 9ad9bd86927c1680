import { constants, type ServerHttp2Stream } from 'node:http2';
import { Metadata, type ServerInterceptor } from '@grpc/grpc-js';
import { BudgetShare, type ByteBudget } from '@spoor/platform';
import { noRoom, RequestError } from '../http/request-error.ts';
import { rpcStatusOf, rpcStatusProto } from '../otlp/export-answer.ts';
import { MessageLengths } from './message-lengths.ts';

export interface ReceivingLimits {
  /** For the messages of all connections that the service does not have yet. */
  readonly messages: ByteBudget;
  /** A compressed message may grow so far. */
  readonly maxMessageBytes: number;
  /** How long a request may take to arrive. */
  readonly requestTimeoutMs: number;
  /** Told of a call of the method at `path` that was ended. */
  readonly refused: (path: string, error: RequestError) => void;
}

/** The most that deflate makes of a byte. */
const DEFLATE_RATIO = 1032;

/**
 * Bounds what grpc-js holds of messages before a service has them: the bytes of all connections together, from the first on,
 * and the time until a request is whole. A call beyond them is ended, and its stream with it. What a compressed message
 * grows to is not to be seen here, so it counts with the most that it may.
 */
export function boundReceiving(limits: ReceivingLimits): ServerInterceptor {
  const { messages, maxMessageBytes, requestTimeoutMs, refused } = limits;
  return ({ path, requestStream }, call) => {
    // The types keep it back, and nothing else tells of bytes before they are a message.
    const { stream } = call as unknown as { readonly stream: ServerHttp2Stream };
    const share = new BudgetShare(messages);
    const lengths = new MessageLengths();
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;

    function hurry(): void {
      timer ??= setTimeout(() => end(tooSlow(requestTimeoutMs)), requestTimeoutMs);
    }
    function settle(): void {
      clearTimeout(timer);
      timer = undefined;
      share.giveBack();
    }
    function finish(): void {
      isOver = true;
      settle();
    }
    function end(error: RequestError): void {
      refused(path, error);
      const answer = rpcStatusOf(error);
      const metadata = new Metadata();
      metadata.set('grpc-status-details-bin', rpcStatusProto(answer));
      call.sendStatus({ code: answer.code, details: answer.message, metadata });
    }

    // A reset overtakes an answer that was given to the stream in the same turn.
    function resetSoon(): void {
      setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
    }

    if (!requestStream) hurry();
    stream.on('data', (chunk: Buffer) => {
      if (isOver) return;
      hurry();
      let bytes = chunk.length;
      for (const length of lengths.compressed(chunk))
        bytes += Math.min(length * DEFLATE_RATIO, maxMessageBytes);
      if (!share.tryTake(bytes)) end(noRoom(share));
    });
    stream.once('close', finish);

    const start = call.start.bind(call);
    call.start = (listener) =>
      start({
        onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
        onReceiveMessage(message) {
          listener.onReceiveMessage(message);
          if (requestStream) settle();
        },
        onReceiveHalfClose() {
          listener.onReceiveHalfClose();
          finish();
        },
        onCancel: () => listener.onCancel(),
      });

    const sendStatus = call.sendStatus.bind(call);
    call.sendStatus = (answer) => {
      const endsInTrailers = stream.headersSent;
      sendStatus(answer);
      if (isOver) return;
      finish();
      // Whoever sends on although he was answered would keep what he sent.
      stream.pause();
      if (endsInTrailers) stream.once('wantTrailers', resetSoon);
      else resetSoon();
    };
    return call as ReturnType<ServerInterceptor>;
  };
}

function tooSlow(timeoutMs: number): RequestError {
  return new RequestError('too-slow', `The request was not whole within ${timeoutMs} ms`);
}
