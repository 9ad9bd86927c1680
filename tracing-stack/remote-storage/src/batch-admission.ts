import { status } from '@grpc/grpc-js';
import type { ByteBudget } from '@spoor/platform';
import { CallError } from '@spoor/platform/grpc';
import type { SpanWriter, StoredBatch } from '@spoor/storage-api';
import type { RemoteStorageMetrics } from './remote-storage-metrics.ts';

/** A way into the store: of all ways together a limited number of bytes is held at once. Counts. */
export class BatchAdmission implements SpanWriter {
  private readonly writer: SpanWriter;
  private readonly metrics: RemoteStorageMetrics;
  private readonly budget: ByteBudget;

  constructor(writer: SpanWriter, metrics: RemoteStorageMetrics, budget: ByteBudget) {
    this.writer = writer;
    this.metrics = metrics;
    this.budget = budget;
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
