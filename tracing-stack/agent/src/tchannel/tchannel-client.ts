import { formatHostPort, type HostPort } from '@spoor/platform';
import { TchannelConnection } from './tchannel-connection.ts';
import { networkError } from './tchannel-error.ts';

export interface TchannelTimeouts {
  /** For a connection to be made. */
  readonly connectMs: number;
  /** How long nothing may come while calls are under way until a ping asks whether anybody is there; three times as long until nobody is. */
  readonly silenceMs?: number;
}

/** One collector that is called over TChannel, by one connection, which is made with the first call and anew when it broke. */
export class TchannelClient {
  readonly address: string;
  private readonly hostPort: HostPort;
  private readonly timeouts: TchannelTimeouts;
  private connection: TchannelConnection | undefined;
  private isClosed = false;
  /** How often a connection was made. */
  connects = 0;

  constructor(hostPort: HostPort, timeouts: TchannelTimeouts) {
    this.address = formatHostPort(hostPort);
    this.hostPort = hostPort;
    this.timeouts = timeouts;
  }

  get connected(): boolean {
    return this.connection?.isOpen ?? false;
  }

  /** Rejects with `TchannelError`. */
  async call(method: string, args: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    if (this.isClosed) throw networkError('closed');
    if (this.connection === undefined || this.connection.isDone) {
      this.connection = new TchannelConnection(this.hostPort, this.timeouts, () => this.connects++);
    }
    return this.connection.call(method, args, timeoutMs);
  }

  /** Calls under way reject. */
  close(): void {
    this.isClosed = true;
    this.connection?.close();
  }
}
