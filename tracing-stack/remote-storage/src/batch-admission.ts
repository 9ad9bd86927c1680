import { status } from '@grpc/grpc-js';
import { ByteBudget } from '@spoor/platform';
import { CallError } from '@spoor/platform/grpc';
import type { SpanWriter, StoredBatch } from '@spoor/storage-api';
import type { RemoteStorageMetrics } from './remote-storage-metrics.ts';

/** The one way into the store: holds a limited number of bytes at once, and counts. */
export class BatchAdmission implements SpanWriter {
  private readonly writer: SpanWriter;
  private readonly metrics: RemoteStorageMetrics;
  private readonly budget: ByteBudget;

  constructor(writer: SpanWriter, metrics: RemoteStorageMetrics, queueBytes: number) {
    this.writer = writer;
    this.metrics = metrics;
    this.budget = new ByteBudget(queueBytes);
  }

  /** Resolves once the batch is durable. Rejects with `DecodeError` if it cannot be read. */
  async write(stored: StoredBatch): Promise<void> {
    const { count } = stored.batch.index();
    try {
      await this.admit(stored);
      this.metrics.spans.inc({ result: 'ok' }, count);
    } catch (error) {
      this.metrics.spans.inc({ result: 'err' }, count);
      throw error;
    }
  }

  private async admit(stored: StoredBatch): Promise<void> {
    const { length } = stored.batch.bytes;
    if (!this.budget.tryTake(length)) {
      const { bytes, maxBytes } = this.budget;
      throw new CallError(
        status.RESOURCE_EXHAUSTED,
        `${bytes} of ${maxBytes} bytes wait for the store`,
      );
    }
    this.metrics.queueBytes.set(this.budget.bytes);
    try {
      await this.writer.write(stored);
    } finally {
      this.budget.giveBack(length);
      this.metrics.queueBytes.set(this.budget.bytes);
    }
  }
}
