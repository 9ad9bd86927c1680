import { status } from '@grpc/grpc-js';
import type { Micros } from '@spoor/model';
import { CallError } from '@spoor/platform/grpc';
import type { SpanWriter } from '@spoor/storage-api';
import { protoBatch } from '@spoor/wire';

/** What one stream may have on its way into the store. */
const STREAM_BYTES_UNDER_WAY = 256 * 1024;

/**
 * Stores the spans that Jaeger sends one a message. A `WriteSpanRequest` is laid out as a Batch with one span, and several
 * of them behind each other as a Batch with several: so nothing is written anew.
 */
export class SpanWriting {
  private readonly writer: SpanWriter;
  private readonly now: () => Micros;
  private group: { readonly requests: Buffer[]; readonly written: Promise<void> } | undefined;

  constructor(writer: SpanWriter, now: () => Micros) {
    this.writer = writer;
    this.now = now;
  }

  /** Resolves once the span is durable. Spans that come in the same turn of the event loop are written as one batch. */
  write(request: Buffer): Promise<void> {
    checkSpan(request);
    this.group ??= this.newGroup();
    this.group.requests.push(request);
    return this.group.written;
  }

  private newGroup() {
    const requests: Buffer[] = [];
    const written = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.group = undefined;
        this.store(requests).then(resolve, reject);
      });
    });
    return { requests, written };
  }

  /**
   * Resolves once the stream has ended and every span of it is durable. Jaeger's collector keeps its streams open for as
   * long as it lives, so spans are stored as they come. While the store is busy, no more of the stream is read.
   */
  async writeAll(requests: AsyncIterable<Buffer>): Promise<void> {
    const underWay = new Set<Promise<void>>();
    let bytes = 0;
    let fail: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    // Heard of below, if the stream goes on.
    failed.catch(() => undefined);
    const iterator = requests[Symbol.asyncIterator]();
    for (;;) {
      // Who sends seldom is told of a failure at once, not at the next span.
      const { done, value } = await Promise.race([iterator.next(), failed]);
      if (done) break;
      const written = this.write(value);
      written.then(() => underWay.delete(written), fail);
      underWay.add(written);
      bytes += value.length;
      if (bytes < STREAM_BYTES_UNDER_WAY) continue;
      await Promise.all(underWay);
      bytes = 0;
    }
    await Promise.all(underWay);
  }

  private async store(requests: readonly Buffer[]): Promise<void> {
    const [first] = requests;
    const bytes = requests.length === 1 && first ? first : Buffer.concat(requests);
    await this.writer.write({
      batch: protoBatch(bytes),
      // Who writes spans through this protocol has tagged them.
      format: undefined,
      addedTags: [],
      arrivalTime: this.now(),
    });
  }
}

/** One bad span must not spoil the batch that it would be part of. Throws `DecodeError` or `CallError`. */
function checkSpan(request: Buffer): void {
  const { count } = protoBatch(request).index();
  if (count !== 1) throw new CallError(status.INVALID_ARGUMENT, `expected one span, got ${count}`);
}
