import type { StoredBatch } from '@spoor/storage-api';
import { it } from 'vitest';
import type { KitSkip, KitStore, OpenKitStore } from './kit-store.ts';
import { type SampleBatch, sampleBatch } from './sample-batch.ts';

/** The store under test, one after the other, and what each test does with it. */
export class KitRun {
  private readonly open: OpenKitStore;
  private readonly skips: readonly KitSkip[];
  private opened: KitStore | undefined;

  constructor(open: OpenKitStore, skips: readonly KitSkip[]) {
    this.open = open;
    this.skips = skips;
  }

  get kit(): KitStore {
    if (this.opened === undefined) throw new Error('start() was not called');
    return this.opened;
  }

  async start(): Promise<void> {
    this.opened = await this.open();
  }

  async stop(): Promise<void> {
    await this.opened?.close();
    this.opened = undefined;
  }

  /** Writes one batch after the other, and waits until they can be read. */
  async write(...batches: readonly SampleBatch[]): Promise<StoredBatch[]> {
    const stored = batches.map(sampleBatch);
    for (const batch of stored) await this.kit.store.writer.write(batch);
    await this.kit.settle?.();
    return stored;
  }

  /** Whether the backend has it, or says nothing. */
  has(hook: KitSkip['hook']): boolean {
    return !this.skips.some((skip) => skip.hook === hook);
  }

  /** A test that needs a hook: skipped, with the reason, only if the backend says so. */
  itWith(hook: KitSkip['hook'], title: string, test: () => Promise<void>): void {
    const skip = this.skips.find((candidate) => candidate.hook === hook);
    if (skip) it.skip(`${title} (skipped: ${skip.reason})`, test);
    else it(title, test);
  }
}
