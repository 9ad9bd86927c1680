import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyValue } from '@spoor/model';
import { ByteBudget } from '@spoor/platform';
import type { AgentCall } from '@spoor/wire';
import type { ReporterMetrics } from './agent-metrics.ts';
import { withAgentTags } from './agent-tags.ts';
import type { Delivery } from './delivery.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';

export interface HandOverOptions {
  readonly delivery: Pick<Delivery, 'add'>;
  readonly metrics: Readonly<Record<AgentCall['model'], ReporterMetrics>>;
  readonly warnings: RepeatedWarnings;
  /** Of packets in memory. */
  readonly queueBytes: number;
  /** How long a batch waits for others to go with. */
  readonly gatherMs: number;
  /** For the process of every batch. */
  readonly tags: readonly KeyValue[];
}

/**
 * Carries batches from the receivers to the queue, as many as memory may hold. Nobody waits for an answer over UDP, so
 * batches go in groups: a store pays for the flush of the disk once a group and not once a packet.
 */
export class HandOver {
  private readonly options: HandOverOptions;
  private readonly budget: ByteBudget;
  private gathering: Promise<void> | undefined;
  private underWay = 0;

  constructor(options: HandOverOptions) {
    this.options = options;
    this.budget = new ByteBudget(options.queueBytes);
  }

  /** Of packets that were taken and are still in memory. */
  get bytes(): number {
    return this.budget.bytes;
  }

  /** Whether `bytes` may come in now; if so they must be given to `deliver` or `refuse`. */
  admit(bytes: number): boolean {
    return this.budget.tryTake(bytes);
  }

  /** Gives back the room of a packet that held no batch. */
  refuse(bytes: number): void {
    this.budget.giveBack(bytes);
  }

  /** Resolves when the batch is not in memory any more: delivered, given up, or on disk. Does not reject. */
  async deliver({ model, batch }: AgentCall, bytes: number): Promise<void> {
    const { metrics } = this.options;
    const { count } = batch.index();
    metrics[model].batchSize.set(count);
    this.underWay++;
    await this.gathered();
    this.underWay--;
    try {
      await this.add({ model, batch }, count);
    } catch (error) {
      // Nobody waits for what becomes of a packet: what is not counted here ends the process.
      metrics[model].batchesFailed.inc();
      metrics[model].spansFailed.inc(count);
      const fields = { reason: (error as Error).message, spans: count };
      this.options.warnings.warn('hand over', fields, 'batch given up');
    } finally {
      this.budget.giveBack(bytes);
    }
  }

  private add({ model, batch }: AgentCall, spans: number): Promise<void> {
    const { delivery, tags } = this.options;
    return new Promise((resolve) =>
      delivery.add({ model, batch: withAgentTags(batch, tags) }, spans, resolve),
    );
  }

  /** Resolves when the last group has gone to the queue. */
  async gatheredAll(): Promise<void> {
    while (this.underWay > 0) await this.gathered();
  }

  /** One promise for all batches of a group. */
  private gathered(): Promise<void> {
    this.gathering ??= sleep(this.options.gatherMs).then(() => {
      this.gathering = undefined;
    });
    return this.gathering;
  }
}
