/** Ids as hex text, padded to at least 16 digits; `parentId` is all zeros for a root. */
export interface TappedContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
}

/** A span of a tracer that the tap knows: ours, or npm jaeger-client's. */
export interface TappedSpan extends TappedContext {
  readonly client: 'spoor' | 'jaeger-client';
  readonly service: string;
  readonly clientUuid: string;
  readonly operationName: string;
  readonly sampled: boolean;
}

/**
 * What the tap saw inside one of the learner's programs. Mostly it words a finding that something outside the program
 * decides. It decides itself where nothing outside can know: what was started and never finished by a tracer that does
 * not count, or by one that still runs; a tracer that does nothing; and when a program has done its work.
 */
export type TapMessage =
  | ({ readonly type: 'start' | 'finish' | 'finish-again' } & TappedSpan)
  /** A tag or a log of a span that had been finished: nobody will see it. */
  | ({ readonly type: 'write-late'; readonly keys: readonly string[] } & TappedSpan)
  /** The lessons' sleep began, and will last so long. */
  | { readonly type: 'sleep'; readonly ms: number }
  /** Given to the reporter. */
  | ({ readonly type: 'report' } & TappedContext)
  /** A span of opentracing's tracer that does nothing. */
  | { readonly type: 'noop-start'; readonly operationName: string }
  /** A tracer's close was called. */
  | { readonly type: 'close'; readonly clientUuid: string }
  | ({
      readonly type: 'inject';
      readonly format: string;
      /** What the carrier, if a plain object, holds afterwards. */
      readonly keys: readonly string[];
    } & TappedContext)
  /** `context` is what was found. */
  | { readonly type: 'extract'; readonly format: string; readonly context?: TappedContext }
  /** A gRPC call came to what an interceptor gave for it. */
  | { readonly type: 'intercepted'; readonly side: 'client' | 'server' }
  /** A datagram left, or a body was posted as Thrift. `bytes` in base64. */
  | {
      readonly type: 'datagram';
      readonly host: string;
      readonly port: number;
      readonly bytes: string;
    }
  | { readonly type: 'post'; readonly url: string; readonly bytes: string }
  /** A request was asked for, by node:http or fetch: what its headers are is settled, or nearly. */
  | { readonly type: 'call'; readonly url: string }
  /** A request left, by node:http or fetch. Header names in lower case. */
  | {
      readonly type: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A request came in. */
  | {
      readonly type: 'serve';
      readonly method: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'listen'; readonly port: number }
  /** The program called process.exit. */
  | { readonly type: 'exit'; readonly code: number };

export type TapEvent = TapMessage & {
  /** Milliseconds since 1970, finely. */
  readonly at: number;
};

/** One kind of event. */
export type Tapped<Type extends TapEvent['type']> = TapEvent & { readonly type: Type };

export function isTapped<Type extends TapEvent['type']>(
  event: TapEvent,
  type: Type,
): event is Tapped<Type> {
  return event.type === type;
}

/** The variable that names the descriptor to which the tap writes. */
export const TAP_FD_VARIABLE = 'SPOOR_TAP_FD';
