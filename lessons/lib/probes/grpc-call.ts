import { setTimeout as delay } from 'node:timers/promises';
import { type Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { Greeter, type HelloReply, type HelloRequest } from '@spoor/services/grpc';

/** How a call of the learner's server went. */
export type GrpcAnswer =
  | { readonly kind: 'answered'; readonly msg: string }
  | { readonly kind: 'failed'; readonly code: number; readonly details: string };

export interface GreetingOptions {
  readonly port: number;
  readonly name: string;
  /** Entries of metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  /** How long after the metadata the message follows. Between the two a server knows of the call, and cannot answer. */
  readonly messageAfterMs: number;
  readonly withinMs: number;
}

export interface Greeting {
  readonly answer: GrpcAnswer;
  /** When the message was sent; microseconds since 1970. */
  readonly messageAt: number;
}

const METHOD = Greeter.service['SayHello'];

/** Calls `protos.Greeter/SayHello` over a connection of its own. Never rejects. */
export async function greet(options: GreetingOptions): Promise<Greeting> {
  if (!METHOD) throw new Error('helloworld.proto has no SayHello');
  const client = new Greeter(`localhost:${options.port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
  });
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(options.metadata)) metadata.set(key, value);
  try {
    return await new Promise<Greeting>((resolve) => {
      let messageAt = 0;
      // On the wire a unary call is a stream with one message. As a stream it can be sent in two parts.
      const call = (client as Client).makeClientStreamRequest<HelloRequest, HelloReply>(
        METHOD.path,
        METHOD.requestSerialize,
        METHOD.responseDeserialize,
        metadata,
        { deadline: Date.now() + options.withinMs },
        (error: ServiceError | null, reply?: HelloReply) =>
          resolve({ answer: answerOf(error, reply), messageAt }),
      );
      void connected(client, options.withinMs)
        .then(() => delay(options.messageAfterMs))
        .then(() => {
          messageAt = (performance.timeOrigin + performance.now()) * 1000;
          call.write({ name: options.name });
          call.end();
        });
    });
  } finally {
    client.close();
  }
}

/** Resolves also if nobody is there: the call itself says so then. */
function connected(client: Client, withinMs: number): Promise<void> {
  return new Promise((resolve) => client.waitForReady(Date.now() + withinMs, () => resolve()));
}

function answerOf(error: ServiceError | null, reply: HelloReply | undefined): GrpcAnswer {
  if (!error) return { kind: 'answered', msg: reply?.msg ?? '' };
  return { kind: 'failed', code: error.code, details: error.details };
}
