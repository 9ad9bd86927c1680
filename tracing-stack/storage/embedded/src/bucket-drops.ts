import type { Logger } from '@spoor/platform';
import type { Bucket } from './bucket.ts';

/** Gives back the disk space of buckets that were taken out, each as soon as nobody reads it, beside all else. */
export class BucketDrops {
  private readonly logger: Logger;
  private readonly underWay = new Set<Promise<void>>();
  private readonly failed = new Set<Bucket>();

  constructor(logger: Logger) {
    this.logger = logger;
  }

  begin(buckets: readonly Bucket[]): void {
    for (const bucket of buckets) {
      const dropped = this.drop(bucket).finally(() => this.underWay.delete(dropped));
      this.underWay.add(dropped);
    }
  }

  /** Begins anew with those that could not be dropped. */
  retry(): void {
    const failed = [...this.failed];
    this.failed.clear();
    this.begin(failed);
  }

  /** Waits for all that are under way. */
  async ended(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async drop(bucket: Bucket): Promise<void> {
    try {
      await bucket.drop();
      this.logger.info({ bucket: bucket.name }, 'dropped a bucket');
    } catch (err) {
      this.failed.add(bucket);
      const text = 'a bucket could not be dropped, it is tried again with the next sweep';
      this.logger.warn({ err, bucket: bucket.name }, text);
    }
  }
}
