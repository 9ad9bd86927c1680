import { status } from '@grpc/grpc-js';
import type { Micros } from '@spoor/model';
import { CallError } from '@spoor/platform/grpc';
import type { SpanWriter } from '@spoor/storage-api';
import { protoBatch } from '@spoor/wire';

/** Of a stream of spans, what goes into the store at once. */
const STREAM_BATCH_BYTES = 256 * 1024;

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

  /** Resolves once every span of the stream is durable. While the store is busy, no more of the stream is read. */
  async writeAll(requests: AsyncIterable<Buffer>): Promise<void> {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for await (const request of requests) {
      checkSpan(request);
      waiting.push(request);
      bytes += request.length;
      if (bytes < STREAM_BATCH_BYTES) continue;
      await this.store(waiting);
      waiting = [];
      bytes = 0;
    }
    if (waiting.length > 0) await this.store(waiting);
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
