import { type ServiceError, status } from '@grpc/grpc-js';
import { BoundedQueue, type HostPort, type Logger, type Metrics } from '@spoor/platform';
import { type EncodedBatch, encodePostSpansRequest, protoBatchBytes } from '@spoor/wire';
import type { BatchSink } from './batch-sink.ts';
import type { CollectorConnection } from './collector-connection.ts';
import type { CollectorConnections } from './collector-connections.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';
import { SinkError } from './sink-error.ts';

export interface GrpcSinkOptions {
  /** The collectors; calls go to them in turn. */
  readonly collectors: readonly HostPort[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Bytes of batches that wait for a free call; beyond them a batch is refused. */
  readonly queueBytes?: number;
  /** Calls under way at once: enough that the collector's store can flush many batches together. */
  readonly maxCalls?: number;
  readonly callTimeoutMs?: number;
  /** How often a call is repeated before its batch is given up. Until it is delivered unless given. */
  readonly maxRetries?: number;
  /** Pause before the first repetition; each further one is twice as long, up to `maxBackoffMs`. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Answers after which the same batch may be taken later. A batch whose answer was lost is sent again: twice beats never. */
const REPEATABLE: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.RESOURCE_EXHAUSTED,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.CANCELLED,
]);

/** How grpc-js and grpc-go word RESOURCE_EXHAUSTED for a message that will be too large every time. */
const TOO_LARGE = /message larger than max/i;

interface Waiting {
  readonly batch: EncodedBatch;
  readonly resolve: () => void;
  readonly reject: (error: SinkError) => void;
}

/** Posts batches to collectors over gRPC, and holds on to them while no collector is there. */
export class GrpcSink implements BatchSink {
  readonly protocol = 'grpc';
  private readonly connections: CollectorConnections;
  private readonly queue: BoundedQueue<Waiting>;
  private readonly options: Required<GrpcSinkOptions>;
  private readonly warnings: RepeatedWarnings;
  private readonly retries;
  private readonly pauses = new Set<() => void>();
  private calls = 0;
  private closed = false;

  constructor(options: GrpcSinkOptions, connections: CollectorConnections) {
    this.connections = connections;
    this.options = {
      clock: Date.now,
      queueBytes: 64 * 1024 * 1024,
      maxCalls: 32,
      callTimeoutMs: 5000,
      maxRetries: Number.POSITIVE_INFINITY,
      minBackoffMs: 100,
      maxBackoffMs: 2000,
      ...options,
    };
    const { queueBytes, logger, clock, metrics } = this.options;
    this.queue = new BoundedQueue(queueBytes);
    this.warnings = new RepeatedWarnings(logger, clock);
    this.retries = metrics.counter(
      'spoor_agent_reporter_retries_total',
      'Calls to a collector that were repeated, by its answer',
      ['code'],
    );
  }

  deliver(batch: EncodedBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(new SinkError('closed', 'is closed'));
      } else if (this.queue.offer({ batch, resolve, reject }, batch.bytes.length)) {
        this.sendNext();
      } else {
        reject(new SinkError('full', `${this.queue.bytes} bytes wait for a collector already`));
      }
    });
  }

  private sendNext(): void {
    while (this.calls < this.options.maxCalls) {
      const next = this.queue.take();
      if (next === undefined) return;
      this.calls++;
      this.send(next.batch)
        .then(next.resolve, next.reject)
        .finally(() => {
          this.calls--;
          this.sendNext();
        });
    }
  }

  /** Repeats until a collector took the batch, refused it for good, or the sink was closed. */
  private async send(batch: EncodedBatch): Promise<void> {
    const { minBackoffMs, maxBackoffMs, callTimeoutMs, maxRetries } = this.options;
    const request = encodePostSpansRequest(protoBatchBytes(batch));
    let backoff = minBackoffMs;
    for (let retries = 0; ; retries++) {
      const connection = this.nextConnection();
      try {
        await connection.post(request, callTimeoutMs);
        return;
      } catch (error) {
        this.judge(error as ServiceError, connection, retries < maxRetries);
      }
      await this.pause(backoff);
      backoff = Math.min(2 * backoff, maxBackoffMs);
    }
  }

  /** Throws unless the call is worth repeating, and may be. */
  private judge(error: ServiceError, { address }: CollectorConnection, mayRepeat: boolean): void {
    const code = status[error.code] ?? String(error.code);
    if (this.closed) throw new SinkError('closed', `closed while ${address} answered ${code}`);
    if (!mayRepeat || !REPEATABLE.has(error.code) || TOO_LARGE.test(error.details)) {
      throw new SinkError('refused', `${address} answered ${code}: ${error.details}`, error);
    }
    this.retries.inc({ code });
    const fields = { collector: address, code, reason: error.details };
    this.warnings.warn(`${address} ${code}`, fields, 'collector does not take spans, will repeat');
  }

  private nextConnection(): CollectorConnection {
    const connection = this.connections.next();
    if (connection === undefined) throw new SinkError('closed', 'has no collector');
    return connection;
  }

  /** Ends early when the sink is closed. */
  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.pauses.add(end);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (let next = this.queue.take(); next !== undefined; next = this.queue.take()) {
      next.reject(new SinkError('closed', 'closed before the batch was sent'));
    }
    for (const end of this.pauses) end();
    this.connections.close();
  }
}
