import type { Metadata } from '@grpc/grpc-js';
import type { TextMapReader, TextMapWriter } from '@spoor/client';

/**
 * Lets a tracer inject into gRPC metadata. Metadata takes only printable ASCII and throws at anything else; the tracer
 * then leaves that item out, counts it, and says so once.
 */
export class MdWriter implements TextMapWriter {
  /** How many entries the metadata took. */
  written = 0;
  private readonly metadata: Metadata;

  constructor(metadata: Metadata) {
    this.metadata = metadata;
  }

  /** Takes the place of what stood under `key`: added to it, a caller's `uber-trace-id` would travel on beside ours. */
  set(key: string, value: string): void {
    this.metadata.set(key, value);
    this.written++;
  }
}

/** Lets a tracer extract from gRPC metadata. */
export class MdReader implements TextMapReader {
  private readonly metadata: Metadata;

  constructor(metadata: Metadata) {
    this.metadata = metadata;
  }

  /** Every value of every key: metadata may hold several under one. Binary ones (`…-bin`) are no text and left out. */
  foreachKey(handler: (key: string, value: string) => void): void {
    for (const key of Object.keys(this.metadata.getMap()))
      for (const value of this.metadata.get(key))
        if (typeof value === 'string') handler(key, value);
  }
}
