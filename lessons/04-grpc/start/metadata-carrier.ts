import type { Metadata } from '@grpc/grpc-js';
import type { TextMapReader, TextMapWriter } from '@spoor/client';

/** Lets a tracer inject into gRPC metadata. */
export class MdWriter implements TextMapWriter {
  readonly metadata: Metadata;

  constructor(metadata: Metadata) {
    this.metadata = metadata;
  }

  /** The tracer calls this for each key that it has to write. */
  set(_key: string, _value: string): void {
    // Step 4.2
  }
}

/** Lets a tracer extract from gRPC metadata. */
export class MdReader implements TextMapReader {
  readonly metadata: Metadata;

  constructor(metadata: Metadata) {
    this.metadata = metadata;
  }

  /** The tracer calls this, and wants `handler` called with each key and value that there is. */
  foreachKey(_handler: (key: string, value: string) => void): void {
    // Step 4.3
  }
}
