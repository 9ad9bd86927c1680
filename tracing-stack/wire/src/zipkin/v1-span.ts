import type { Micros, SpanId, TraceId } from '@spoor/model';

// Zipkin's first data model, in which a span is what its annotations say. As it is once read, from Thrift or JSON.

export interface V1Span {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly parentId: SpanId | undefined;
  readonly name: string;
  /** Microseconds since 1970, if it was said. */
  readonly timestamp: Micros | undefined;
  readonly duration: Micros | undefined;
  readonly debug: boolean;
  readonly annotations: readonly V1Annotation[];
  readonly binaryAnnotations: readonly V1BinaryAnnotation[];
}

/** A moment. */
export interface V1Annotation {
  readonly timestamp: Micros;
  readonly value: string;
  readonly host: V1Endpoint | undefined;
}

/** A tag. */
export interface V1BinaryAnnotation {
  readonly key: string;
  readonly value: V1Value;
  readonly host: V1Endpoint | undefined;
}

/**
 * What a binary annotation holds: an integer is a `bigint`, a double a `number`. `unreadable` is a value that is not what
 * its type says, with the bytes it came in.
 */
export type V1Value = string | boolean | bigint | number | Uint8Array | V1UnreadableValue;

export interface V1UnreadableValue {
  readonly unreadable: string;
  readonly bytes: Uint8Array;
}

export interface V1Endpoint {
  readonly serviceName: string;
  /** As text; empty if it was not said. */
  readonly ipv4: string;
  readonly ipv6: string;
  /** The same as it came over Thrift. */
  readonly ipv6Bytes?: Uint8Array;
  /** 0 if it was not said. */
  readonly port: number;
}

/** The annotations that say which part a span played, and when. */
export const CLIENT_SEND = 'cs';
export const CLIENT_RECEIVE = 'cr';
export const SERVER_SEND = 'ss';
export const SERVER_RECEIVE = 'sr';
export const MESSAGE_SEND = 'ms';
export const MESSAGE_RECEIVE = 'mr';

/** Binary annotations of which only the endpoint counts: who stood at the other end. */
export const ADDRESSES: ReadonlySet<string> = new Set(['ca', 'sa', 'ma']);

/** The binary annotation of a span that is no call: which part of the program it was. */
export const LOCAL_COMPONENT = 'lc';
