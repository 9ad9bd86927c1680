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
  /** Of calls that bring spans. */
  readonly writeTimeoutMs: number;
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
  private readonly closing = new AbortController();

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.address = formatHostPort(options.server);
    const { credentials, serverName } = options;
    const named = serverName === '' ? {} : { 'grpc.ssl_target_name_override': serverName };
    this.client = new Client(this.address, credentials, { ...OPTIONS, ...named });
  }

  unary<A>(method: Method, request: object): Promise<A> {
    return this.ask<A>(method, request, Date.now() + this.options.callTimeoutMs);
  }

  /** By when spans that are brought from now on have to be there, in milliseconds since 1970. */
  writeDeadline(): number {
    return Date.now() + this.options.writeTimeoutMs;
  }

  /** A call that brings spans. */
  async write(method: Method, request: object, deadline = this.writeDeadline()): Promise<void> {
    await this.ask(method, request, deadline);
  }

  private async ask<A>(method: Method, request: object, deadline: number): Promise<A> {
    await this.connected();
    return this.answered<A>((done) =>
      this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        { deadline },
        done,
      ),
    );
  }

  /** Sends all requests, which bring spans, then waits for the one answer. */
  async clientStream<A>(method: Method, requests: Iterable<object>): Promise<A> {
    await this.connected();
    return this.answered<A>((done) => {
      const call = this.client.makeClientStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        { deadline: this.writeDeadline() },
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
      { deadline: Date.now() + this.options.callTimeoutMs },
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

  /** Waits while a connection is being made. Where none can be made now, the call itself says why. */
  private async connected(): Promise<void> {
    const channel = this.client.getChannel();
    const deadline = Date.now() + this.options.connectTimeoutMs;
    const { READY, TRANSIENT_FAILURE } = connectivityState;
    for (;;) {
      if (this.closing.signal.aborted) throw closedError();
      const state = channel.getConnectivityState(true);
      if (state === READY || state === TRANSIENT_FAILURE) return;
      await this.changed(state, deadline);
    }
  }

  /** Resolves when the channel is no longer in this state, and when the connection is closed. */
  private async changed(state: connectivityState, deadline: number): Promise<void> {
    const { signal } = this.closing;
    // Taken away again: the signal lives as long as the connection, and each listener with it.
    let resume: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        resume = resolve;
        signal.addEventListener('abort', resume);
        this.client.getChannel().watchConnectivityState(state, deadline, (error) => {
          if (error) reject(this.timeoutError());
          else resolve();
        });
      });
    } finally {
      if (resume) signal.removeEventListener('abort', resume);
    }
  }

  private timeoutError(): StorageError {
    const text = `no connection to ${this.address} within ${this.options.connectTimeoutMs} ms`;
    return new StorageError('unavailable', `[grpc] ${text}`);
  }

  /** Cancels what is under way, and what waits for a connection. */
  close(): void {
    this.closing.abort();
    for (const call of this.calls) call.cancel();
    this.client.close();
  }
}

export function closedError(): StorageError {
  return new StorageError('closed', '[grpc] the store is closed');
}
