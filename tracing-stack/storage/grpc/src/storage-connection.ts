import {
  type Call,
  type ChannelCredentials,
  Client,
  type ClientOptions,
  connectivityState,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { formatHostPort, type HostPort } from '@spoor/platform';
import { CLIENT_OPTIONS } from '@spoor/platform/grpc';
import { StorageError } from '@spoor/storage-api';
import { answerError } from './answer-error.ts';

const OPTIONS: ClientOptions = {
  ...CLIENT_OPTIONS,
  // Answers come in chunks that the server chooses; only a list of ids may be long.
  'grpc.max_receive_message_length': -1,
};

export interface ConnectionOptions {
  readonly server: HostPort;
  readonly connectTimeoutMs: number;
  readonly callTimeoutMs: number;
  readonly credentials: ChannelCredentials;
  /** Of the certificate, if not the address's own; empty for none. */
  readonly serverName: string;
}

type Method = Pick<
  MethodDefinition<object, object>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

/** The connection to one server: made with the first call, and made anew when it breaks. Calls reject with `StorageError`. */
export class StorageConnection {
  readonly address: string;
  private readonly client: Client;
  private readonly options: ConnectionOptions;
  private readonly calls = new Set<Call>();
  private closed = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.address = formatHostPort(options.server);
    const { credentials, serverName } = options;
    const named = serverName === '' ? {} : { 'grpc.ssl_target_name_override': serverName };
    this.client = new Client(this.address, credentials, { ...OPTIONS, ...named });
  }

  async unary<A>(method: Method, request: object): Promise<A> {
    await this.connected();
    return this.answered<A>((done) =>
      this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        this.deadline(),
        done,
      ),
    );
  }

  /** Sends all requests, then waits for the one answer. */
  async clientStream<A>(method: Method, requests: Iterable<object>): Promise<A> {
    await this.connected();
    return this.answered<A>((done) => {
      const call = this.client.makeClientStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        this.deadline(),
        done,
      );
      // A batch, which is in memory anyway.
      for (const request of requests) call.write(request);
      call.end();
      return call;
    });
  }

  /** Cancels the call when nobody wants more of it. */
  async *serverStream<A>(method: Method, request: object): AsyncGenerator<A> {
    await this.connected();
    const call = this.client.makeServerStreamRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      this.deadline(),
    );
    this.calls.add(call);
    try {
      for await (const message of call) yield message as A;
    } catch (error) {
      throw answerError(this.address, error as ServiceError);
    } finally {
      call.cancel();
      this.calls.delete(call);
    }
  }

  private answered<A>(
    start: (done: (error: ServiceError | null, answer?: object) => void) => Call,
  ): Promise<A> {
    return new Promise((resolve, reject) => {
      const call = start((error, answer) => {
        this.calls.delete(call);
        if (error) reject(answerError(this.address, error));
        else resolve(answer as A);
      });
      this.calls.add(call);
    });
  }

  private deadline() {
    return { deadline: Date.now() + this.options.callTimeoutMs };
  }

  /** Waits while a connection is being made. Where none can be made now, the call itself says why. */
  private async connected(): Promise<void> {
    if (this.closed) throw closedError();
    const channel = this.client.getChannel();
    const deadline = Date.now() + this.options.connectTimeoutMs;
    const { READY, TRANSIENT_FAILURE } = connectivityState;
    for (;;) {
      const state = channel.getConnectivityState(true);
      if (state === READY || state === TRANSIENT_FAILURE) return;
      await new Promise<void>((resolve, reject) => {
        channel.watchConnectivityState(state, deadline, (error) => {
          if (!error) resolve();
          else if (this.closed) reject(closedError());
          else reject(this.timeoutError());
        });
      });
    }
  }

  private timeoutError(): StorageError {
    const text = `no connection to ${this.address} within ${this.options.connectTimeoutMs} ms`;
    return new StorageError('unavailable', `[grpc] ${text}`);
  }

  /** Cancels what is under way. */
  close(): void {
    this.closed = true;
    for (const call of this.calls) call.cancel();
    this.client.close();
  }
}

export function closedError(): StorageError {
  return new StorageError('closed', '[grpc] the store is closed');
}
