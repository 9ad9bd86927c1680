import { setTimeout as delay } from 'node:timers/promises';
import { type Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { Greeter, type HelloReply, type HelloRequest } from '@spoor/services/grpc';
import type { Bench } from '../judge/bench.ts';

/** How a call of the learner's server went. */
export type GrpcAnswer =
  | { readonly kind: 'answered'; readonly msg: string }
  | { readonly kind: 'failed'; readonly code: number; readonly details: string };

export interface GreetingOptions {
  readonly port: number;
  readonly name: string;
  /** Entries of metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * How long after the metadata the message follows, and after that the end of the request. Until then a server knows of
   * the call, and does not answer.
   */
  readonly partAfterMs: number;
  readonly withinMs: number;
  /** The caller gives up. */
  readonly signal?: AbortSignal;
}

export interface Greeting {
  readonly answer: GrpcAnswer;
  /** When all of the request had been sent: a method runs after it. Microseconds since 1970. */
  readonly requestedAt: number;
  /** Microseconds since 1970. */
  readonly answeredAt: number;
}

const METHOD = Greeter.service['SayHello'];

/** Calls `protos.Greeter/SayHello` over a connection of its own. Never rejects. */
export async function greet(
  options: GreetingOptions,
  { wait }: Pick<Bench, 'wait'>,
): Promise<Greeting> {
  if (!METHOD) throw new Error('helloworld.proto has no SayHello');
  const client = new Greeter(`localhost:${options.port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(options.metadata)) metadata.set(key, value);
  try {
    return await new Promise<Greeting>((resolve) => {
      let requestedAt = 0;
      let isLate = false;
      const over = new AbortController();
      // On the wire a unary call is a stream with one message. As a stream it can be sent in parts.
      const call = (client as Client).makeClientStreamRequest<HelloRequest, HelloReply>(
        METHOD.path,
        METHOD.requestSerialize,
        METHOD.responseDeserialize,
        metadata,
        (error: ServiceError | null, reply?: HelloReply) => {
          const answer: GrpcAnswer = isLate ? TOO_LATE : answerOf(error, reply);
          resolve({ answer, requestedAt, answeredAt: Date.now() * 1000 });
          over.abort();
        },
      );
      void wait(options.withinMs, over.signal).then(() => {
        isLate = !over.signal.aborted;
        call.cancel();
      });
      options.signal?.addEventListener('abort', () => call.cancel());
      const part = () => delay(options.partAfterMs, undefined, { signal: over.signal });
      const send = async () => {
        await connected(client);
        await part();
        call.write({ name: options.name });
        await part();
        requestedAt = Date.now() * 1000;
        call.end();
      };
      send().catch((error) => {
        // What is over need not be sent to its end.
        if (!over.signal.aborted) throw error;
      });
    });
  } finally {
    client.close();
  }
}

/** Resolves also if nobody is there: the call itself says so then. */
function connected(client: Client): Promise<void> {
  const deadline = Number.POSITIVE_INFINITY;
  return new Promise((resolve) => client.waitForReady(deadline, () => resolve()));
}

const TOO_LATE: GrpcAnswer = {
  kind: 'failed',
  code: status.DEADLINE_EXCEEDED,
  details: 'no answer',
};

function answerOf(error: ServiceError | null, reply: HelloReply | undefined): GrpcAnswer {
  if (!error) return { kind: 'answered', msg: reply?.msg ?? '' };
  return { kind: 'failed', code: error.code, details: error.details };
}
