import {
  Client,
  type ClientUnaryCall,
  connectivityState,
  credentials,
  type ServiceError,
} from '@grpc/grpc-js';
import { formatHostPort, type HostPort } from '@spoor/platform';
import { CLIENT_OPTIONS } from '@spoor/platform/grpc';

const POST_SPANS = '/jaeger.api_v2.CollectorService/PostSpans';

/** One collector that an agent posts to. The connection is made with the first call and made anew when it breaks. */
export class CollectorConnection {
  readonly address: string;
  private readonly client: Client;
  private readonly calls = new Set<ClientUnaryCall>();

  constructor(hostPort: HostPort) {
    this.address = formatHostPort(hostPort);
    this.client = new Client(this.address, credentials.createInsecure(), CLIENT_OPTIONS);
  }

  get connected(): boolean {
    return this.client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** Posts a `PostSpansRequest`. Rejects with gRPC's `ServiceError`. */
  post(request: Uint8Array, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = this.client.makeUnaryRequest(
        POST_SPANS,
        (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        () => undefined,
        request,
        { deadline: Date.now() + timeoutMs },
        (error: ServiceError | null) => {
          this.calls.delete(call);
          if (error) reject(error);
          else resolve();
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
