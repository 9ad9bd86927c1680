import {
  Client,
  type ClientOptions,
  type ClientUnaryCall,
  connectivityState,
  credentials,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { formatHostPort, type HostPort } from '@spoor/platform';
import { CLIENT_OPTIONS } from '@spoor/platform/grpc';

type CalledMethod<Request, Response> = Pick<
  MethodDefinition<Request, Response>,
  'path' | 'requestSerialize' | 'responseDeserialize'
>;

/** The request is bytes already, and the response has no fields. */
const POST_SPANS: CalledMethod<Uint8Array, void> = {
  path: '/jaeger.api_v2.CollectorService/PostSpans',
  requestSerialize: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  responseDeserialize: () => undefined,
};

const OPTIONS: ClientOptions = {
  ...CLIENT_OPTIONS,
  // A name may stand for many collectors: to all of them, in turn.
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
  // An answer may take a minute. Whether anybody is there is known sooner: none is asked while nothing is awaited.
  'grpc.keepalive_time_ms': 10_000,
  'grpc.keepalive_timeout_ms': 20_000,
  // A collector that comes back at another address is found within seconds, not after half a minute.
  'grpc.dns_min_time_between_resolutions_ms': 1000,
};

/**
 * One collector that an agent posts to, or all that one name stands for. Connections are made with the first call and
 * made anew when they break; then the name is looked up again.
 */
export class CollectorConnection {
  readonly address: string;
  private readonly client: Client;
  private readonly calls = new Set<ClientUnaryCall>();
  /** How often a connection was made. */
  connects = 0;

  constructor(hostPort: HostPort) {
    this.address = formatHostPort(hostPort);
    this.client = new Client(this.address, credentials.createInsecure(), OPTIONS);
    this.countConnects();
  }

  /** Looks on until the channel is closed. */
  private countConnects(): void {
    const channel = this.client.getChannel();
    const before = channel.getConnectivityState(false);
    if (before === connectivityState.SHUTDOWN) return;
    channel.watchConnectivityState(before, Number.POSITIVE_INFINITY, () => {
      if (this.connected) this.connects++;
      this.countConnects();
    });
  }

  get connected(): boolean {
    return this.client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** Posts a `PostSpansRequest`. Rejects with gRPC's `ServiceError`. */
  post(request: Uint8Array, timeoutMs: number): Promise<void> {
    return this.call(POST_SPANS, request, timeoutMs);
  }

  /** Calls a method once. Rejects with gRPC's `ServiceError`. */
  call<Request, Response>(
    method: CalledMethod<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const call = this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
        { deadline: Date.now() + timeoutMs },
        (error: ServiceError | null, response?: Response) => {
          this.calls.delete(call);
          if (error) reject(error);
          else resolve(response as Response);
        },
      );
      this.calls.add(call);
    });
  }

  /** Calls under way reject with CANCELLED. */
  close(): void {
    for (const call of this.calls) call.cancel();
    this.client.close();
  }
}
