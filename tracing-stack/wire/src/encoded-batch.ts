import type { Span } from '@spoor/model';

/** How the bytes of a batch are laid out. These are also the encodings in which stores keep them. */
export type BatchEncoding = 'jaeger-thrift-compact' | 'jaeger-thrift-binary' | 'jaeger-proto';

/**
 * What everything received becomes: the bytes as they came, a view for indexing, and the spans when somebody asks.
 * The border between receivers and stores.
 */
export interface EncodedBatch {
  readonly encoding: BatchEncoding;
  /** The `Batch` struct or message alone, without the envelope it came in. */
  readonly bytes: Uint8Array;
  /** Reads what an index needs, and nothing else. Throws `DecodeError`; a batch that passed once will always pass. */
  index(): BatchIndex;
  /** Decodes every span in full. Throws `DecodeError` exactly when `index()` does. */
  spans(): Span[];
}

/** A batch in columns: entry `i` of each is about the `i`-th span. Never written to after it was made. */
export interface BatchIndex {
  readonly count: number;
  /** 16 big-endian bytes a span. */
  readonly traceIds: Uint8Array;
  /** Microseconds since 1970. */
  readonly startTimes: Float64Array;
  /** Microseconds. */
  readonly durations: Float64Array;
  readonly operations: readonly string[];
  /** The value of the tag `span.kind`, or `''`. */
  readonly kinds: readonly string[];
  /** The value of the tag `sampler.type`, or `''`: which sampler began the trace. */
  readonly samplerTypes: readonly string[];
  /** `Span.flags`. */
  readonly flags: Uint32Array;
  /** 1 for a span that names no other of its own trace, which therefore begins it; else 0. */
  readonly roots: Uint8Array;
  /** Which of `processes` reported the span. */
  readonly processOf: Uint32Array;
  readonly processes: readonly IndexedProcess[];
  /** `tagHash` of each tag and log field; span `i` has entries `tagOffsets[i]` up to `tagOffsets[i + 1]`. */
  readonly tagHashes: Uint32Array;
  readonly tagOffsets: Uint32Array;
  /** What the client says of itself beside its spans, if it does. */
  readonly client?: ClientReport;
}

/** What a client of Jaeger counted since it started, as it says in each `Batch` of jaeger.thrift. */
export interface ClientReport {
  /** Of its process: the tag `client-uuid`. */
  readonly uuid: string;
  /** Batches that it sent, this one with them. */
  readonly seqNo: number;
  /** Not every client tells. */
  readonly dropped?: DroppedSpans;
}

/** Spans that a client lost, by the reason. */
export interface DroppedSpans {
  readonly fullQueue: number;
  readonly tooLarge: number;
  readonly sendFailure: number;
}

export interface IndexedProcess {
  /** As it came: `undefined` without a process, `''` without a name. */
  readonly serviceName: string | undefined;
  /** `tagHash` of each process tag. */
  readonly tagHashes: Uint32Array;
}
