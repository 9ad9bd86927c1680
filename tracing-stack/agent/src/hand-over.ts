import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyValue } from '@spoor/model';
import { ByteBudget, type Logger } from '@spoor/platform';
import type { AgentCall } from '@spoor/wire';
import type { ReporterMetrics } from './agent-metrics.ts';
import { withAgentTags } from './agent-tags.ts';
import type { BatchSink } from './batch-sink.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';

export interface HandOverOptions {
  readonly sink: BatchSink;
  readonly metrics: Readonly<Record<AgentCall['model'], ReporterMetrics>>;
  readonly warnings: RepeatedWarnings;
  readonly logger: Logger;
  readonly queueBytes: number;
  /** How long a batch waits for others to go with. */
  readonly gatherMs: number;
  /** For the process of every batch. */
  readonly tags: readonly KeyValue[];
}

/**
 * Carries batches from the receivers to the sink, holding a limited number of bytes meanwhile. Nobody waits for an answer
 * over UDP, so batches go in groups: a store pays for the flush of the disk once a group and not once a packet.
 */
export class HandOver {
  private readonly options: HandOverOptions;
  private readonly budget: ByteBudget;
  private underWay = 0;
  private gathering: Promise<void> | undefined;

  constructor(options: HandOverOptions) {
    this.options = options;
    this.budget = new ByteBudget(options.queueBytes);
  }

  /** Batches that were taken and not yet delivered. */
  get length(): number {
    return this.underWay;
  }

  /** Whether `bytes` may come in now; if so they must be given to `deliver` or `refuse`. */
  admit(bytes: number): boolean {
    return this.budget.tryTake(bytes);
  }

  /** Gives back the room of a packet that held no batch. */
  refuse(bytes: number): void {
    this.budget.giveBack(bytes);
  }

  /** Never rejects: a batch that is given up is counted and logged. */
  async deliver({ model, batch }: AgentCall, bytes: number): Promise<void> {
    const { sink, warnings, tags } = this.options;
    const metrics = this.options.metrics[model];
    const { count } = batch.index();
    metrics.batchSize.set(count);
    this.underWay++;
    try {
      await this.gathered();
      await sink.deliver(withAgentTags(batch, tags));
      metrics.batchesSubmitted.inc();
      metrics.spansSubmitted.inc(count);
    } catch (error) {
      metrics.batchesFailed.inc();
      metrics.spansFailed.inc(count);
      const { code = 'unknown', message } = error as NodeJS.ErrnoException;
      warnings.warn(`deliver ${code}`, { reason: message, spans: count }, 'batch given up');
    } finally {
      this.underWay--;
      this.budget.giveBack(bytes);
    }
  }

  /** One promise for all batches of a group. */
  private gathered(): Promise<void> {
    this.gathering ??= sleep(this.options.gatherMs).then(() => {
      this.gathering = undefined;
    });
    return this.gathering;
  }

  /** Waits for what is under way, then closes the sink, which gives up the rest. */
  async close(milliseconds: number): Promise<void> {
    const delivered = await this.budget.idle(milliseconds);
    if (!delivered) {
      const { length } = this;
      this.options.logger.warn({ batches: length }, 'closed before these batches were delivered');
    }
    await this.options.sink.close();
  }
}
