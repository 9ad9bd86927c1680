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

/** Whose an interceptor is. */
export type CallSide = 'client' | 'server';

/** What a learner calls with arguments that are easily exchanged. */
export type TakesArguments = 'inject' | 'extract' | 'handler';

/** What writes on a span, and is easily given arguments of another kind than its own. */
export type WritesOnSpan = 'setTag' | 'log' | 'setBaggageItem';

/** Where the parent of a span comes from. */
export type ParentFrom = 'context' | 'active' | 'nothing-active' | 'own';

/** What was given where something else belongs. */
export type Given = 'nothing' | 'span' | 'context' | 'list' | 'text' | 'other';

/**
 * What the tap saw inside one of the learner's programs. Mostly it words a finding that something outside the program
 * decides. It decides itself where nothing outside can know: what was started and never finished by a tracer that does
 * not count, or by one that still runs; a tracer that does nothing; and when a program has done its work.
 */
export type TapMessage =
  /**
   * `childOf` is what stands in the place of a parent and is none; or the parent stands in that of all `options`. `stray`
   * are options that startSpan does not have. `isKindLost`: the parent is that of rpcServerOption, its tags are not.
   * `isCallersTags`: its tags are those of rpcServerOption and no others, among options that were put together anew.
   * `parentFrom`: where the parent was looked for that it was given: in a context, as the active span, or it is a span
   * that the program named itself. `nothing-active`: no span was, and it has no parent.
   */
  | ({
      readonly type: 'start';
      readonly childOf?: Given | 'options';
      readonly stray?: readonly string[];
      readonly isKindLost?: boolean;
      readonly isCallersTags?: boolean;
      readonly parentFrom?: ParentFrom;
    } & TappedSpan)
  /** `isGivenUp`: the tag `sampling.priority` gave its trace up. */
  | ({ readonly type: 'finish' | 'finish-again'; readonly isGivenUp?: boolean } & TappedSpan)
  /** initTracer made no tracer, and threw `error`. */
  | { readonly type: 'tracer-refused'; readonly error: string }
  /** contextWithSpan was called; no `spanId` if it was not with a span. */
  | { readonly type: 'context-made'; readonly spanId?: string }
  /** spanFromContext was given a function: nobody called it for its context. */
  | { readonly type: 'context-uncalled' }
  /** startSpanFromContext started `spanId`, and found no span in what it was given. */
  | { readonly type: 'context-empty'; readonly spanId: string; readonly given: Given }
  /** What startSpanFromContext gave back with `spanId` was taken apart. */
  | { readonly type: 'pair-taken-apart'; readonly spanId: string }
  /** A text where an object of these keys belongs, or an object where a key belongs. */
  | ({
      readonly type: 'miswritten';
      readonly by: WritesOnSpan;
      readonly keys: readonly string[];
    } & TappedSpan)
  /** A log of a span that is under way. */
  | ({ readonly type: 'log' } & TappedSpan)
  /** A tag or a log of a span that had been finished: nobody will see it. */
  | ({ readonly type: 'write-late'; readonly keys: readonly string[] } & TappedSpan)
  /** The lessons' sleep began, and will last so long. */
  | { readonly type: 'sleep'; readonly ms: number }
  /** Given to the reporter. */
  | ({ readonly type: 'report' } & TappedContext)
  /** A span of opentracing's tracer that does nothing; `isGlobal` if it was asked of the global one. */
  | { readonly type: 'noop-start'; readonly operationName: string; readonly isGlobal?: boolean }
  /** An inject of that tracer, which writes nothing. */
  | { readonly type: 'noop-inject'; readonly isGlobal: boolean }
  /** initGlobalTracer was called, with a tracer or with something else. */
  | { readonly type: 'global-set'; readonly isTracer: boolean }
  /** A tracer's close was called. */
  | { readonly type: 'close'; readonly clientUuid: string }
  | ({
      readonly type: 'inject';
      readonly format: string;
      /** What the carrier, if a plain object, holds afterwards. */
      readonly keys: readonly string[];
      readonly isMetadata?: boolean;
      /** The carrier has a `set` of its own. */
      readonly isWriter?: boolean;
    } & TappedContext)
  /** inject was given something else than a span or its context, in the right place. */
  | { readonly type: 'inject-misgiven'; readonly given: Given }
  /** The context of a span was put into the metadata of a gRPC call as an entry. */
  | { readonly type: 'metadata-entry' }
  /**
   * `context` is what was found, `keys` what the carrier holds, if a plain object. Of a carrier that is the metadata of a
   * gRPC call itself, `isMetadata`.
   */
  | {
      readonly type: 'extract';
      readonly format: string;
      readonly keys: readonly string[];
      readonly context?: TappedContext;
      readonly isMetadata?: boolean;
    }
  /** The arguments of inject or extract stood in another order than theirs, or those of what foreachKey calls. */
  | { readonly type: 'arguments-exchanged'; readonly of: TakesArguments }
  /** An interceptor was asked for a gRPC call. It gave one, the one that it was given, or something that is no call. */
  | {
      readonly type: 'interceptor';
      readonly side: CallSide;
      readonly gave: 'call' | 'given' | 'function' | 'nothing';
    }
  /**
   * A gRPC call, numbered within its program, came to a method of an interceptor's, or was handed on there by its `next`;
   * by `start` of a client with a listener, so that somebody `hears` of the status, or with none.
   */
  | {
      readonly type: 'handed' | 'handed-on';
      readonly side: CallSide;
      readonly call: number;
      readonly method: string;
      readonly hears?: 'interceptor' | 'caller' | 'nobody' | 'missing';
    }
  /** A method of a gRPC server was called. */
  | { readonly type: 'method-called' }
  /** It called back: with a reply, with an error, or in the place of the error with something that is none. */
  | { readonly type: 'method-answered'; readonly gave: 'reply' | 'error' | 'other' }
  /** An interceptor's listener heard that a call is off. It hears that also of one that was answered. */
  | { readonly type: 'cancel-heard'; readonly side: CallSide; readonly call: number }
  /** A call of a gRPC client was started, or its caller heard how it ended. */
  | { readonly type: 'call-begun' | 'call-over' }
  /** A gRPC client was closed. */
  | { readonly type: 'client-close' }
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
  /** A service gave the whole of an answer to a request. */
  | { readonly type: 'answer'; readonly status: number }
  /**
   * Requests came in, and for a while there has been nothing by which the program could still come to an answer: no timer,
   * no request of its own.
   */
  | { readonly type: 'stuck' }
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

/** Whether the arguments of one of these stood in another order than theirs. */
export function isExchanged(tap: readonly TapEvent[], call: TakesArguments): boolean {
  return tap.some((event) => event.type === 'arguments-exchanged' && event.of === call);
}

/** The variable that names the descriptor to which the tap writes. */
export const TAP_FD_VARIABLE = 'SPOOR_TAP_FD';
