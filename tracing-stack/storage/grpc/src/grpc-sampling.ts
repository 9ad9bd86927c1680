import type { Micros } from '@spoor/model';
import type {
  Calling,
  Lease,
  OperationProbability,
  OperationThroughput,
  SamplingStore,
  Throughput,
} from '@spoor/storage-api';
import type { Methods } from './services.ts';
import type { StorageConnection } from './storage-connection.ts';

/** As proto-loader reads it: an int64 is a text. */
interface ThroughputMessage {
  readonly collector: string;
  readonly time: string;
  readonly duration: string;
  readonly operations: readonly OperationThroughput[];
}

/** `spoor.storage.v1.SamplingStore` of another process. */
export class GrpcSampling implements SamplingStore {
  private readonly connection: StorageConnection;
  private readonly methods: Methods['sampling'];
  private readonly calling: Calling;

  constructor(connection: StorageConnection, methods: Methods, calling: Calling) {
    this.connection = connection;
    this.methods = methods.sampling;
    this.calling = calling;
  }

  async addThroughput(throughput: Throughput, keepFrom: Micros): Promise<void> {
    const { time, duration } = throughput;
    const message = { ...throughput, time: text(time), duration: text(duration) };
    const request = { throughput: message, keepFrom: text(keepFrom) };
    await this.calling(() => this.connection.unary(this.methods.addThroughput, request));
  }

  throughput(after: Micros, until: Micros): Promise<Throughput[]> {
    const request = { after: text(after), until: text(until) };
    return this.calling(async () => {
      const found: Throughput[] = [];
      const { getThroughput } = this.methods;
      const messages = this.connection.serverStream<ThroughputMessage>(getThroughput, request);
      for await (const { collector, time, duration, operations } of messages) {
        found.push({ collector, time: Number(time), duration: Number(duration), operations });
      }
      return found;
    });
  }

  async saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void> {
    const request = { probabilities };
    await this.calling(() => this.connection.unary(this.methods.saveProbabilities, request));
  }

  async probabilities(): Promise<OperationProbability[]> {
    const { probabilities } = await this.calling(() =>
      this.connection.unary<{ probabilities: OperationProbability[] }>(
        this.methods.getProbabilities,
        {},
      ),
    );
    return probabilities;
  }

  async takeLease({ name, holder, until }: Lease, now: Micros): Promise<boolean> {
    const request = { name, holder, until: text(until), now: text(now) };
    const { isHeld } = await this.calling(() =>
      this.connection.unary<{ isHeld: boolean }>(this.methods.takeLease, request),
    );
    return isHeld;
  }
}

function text(time: Micros): string {
  return BigInt(Math.trunc(time)).toString();
}
