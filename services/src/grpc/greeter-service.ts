import { fileURLToPath } from 'node:url';
import {
  type CallOptions,
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  type ClientUnaryCall,
  loadPackageDefinition,
  type Metadata,
  type requestCallback,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { Context } from '@spoor/client';

/** `protos.HelloRequest` */
export interface HelloRequest {
  readonly name: string;
}

/** `protos.HelloReply` */
export interface HelloReply {
  readonly msg: string;
}

/** The options of a call, with the context that it is made in: the span in there becomes the parent of the call's. */
export interface TracedCallOptions extends CallOptions {
  readonly context?: Context | undefined;
}

/** What a client of `protos.Greeter` can call. */
export interface GreeterClient extends Client {
  SayHello(
    request: HelloRequest,
    metadata: Metadata,
    options: TracedCallOptions,
    callback: requestCallback<HelloReply>,
  ): ClientUnaryCall;
}

interface GreeterConstructor {
  new (address: string, credentials: ChannelCredentials, options?: ClientOptions): GreeterClient;
  readonly service: ServiceDefinition;
}

const PROTO = fileURLToPath(new URL('../../../protos/helloworld.proto', import.meta.url));

// `defaults`: a field that did not come has the value that proto3 gives it, as in Go.
const loaded = loadPackageDefinition(loadSync(PROTO, { defaults: true }));

/** `protos.Greeter`, read from protos/helloworld.proto at run time: nothing is generated. */
export const { Greeter } = loaded['protos'] as unknown as { Greeter: GreeterConstructor };
