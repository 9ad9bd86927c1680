import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Metadata,
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import {
  background,
  type Context,
  contextWithSpan,
  rpcServerOption,
  stdLogger,
} from '@spoor/client';
import { FORMAT_TEXT_MAP, type Span, type SpanContext, Tags, type Tracer } from 'opentracing';
import { type CallStatus, finishWithStatus } from './call-status.ts';
import { MdReader } from './metadata-carrier.ts';

/** In Go a handler is given a context. In grpc-js it is not, so the context of a call stays with what the call does. */
const callContexts = new AsyncLocalStorage<Context>();

/** The context of the call that is being answered: the span of the call is under way in it. */
export function callContext(): Context {
  return callContexts.getStore() ?? background();
}

/** Gives every call that is answered a span, below the caller's if the metadata tells of one. */
export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return (method, call) => {
    let serverSpan: Span | undefined;
    const finish = (status: CallStatus) => {
      if (serverSpan) finishWithStatus(serverSpan, status);
      serverSpan = undefined;
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        serverSpan = startServerSpan(tracer, method.path, metadata);
        next(metadata);
      })
      // With this the request is complete, and the handler is called from in here.
      .withOnReceiveHalfClose((next) => {
        if (serverSpan) callContexts.run(contextWithSpan(background(), serverSpan), next);
        else next();
      })
      // Also comes after an answer, when the span is finished already. Before one: the caller gave up or is gone.
      .withOnCancel(() => finish({ code: status.CANCELLED, details: 'the caller did not wait' }))
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((sent, next) => {
        // Before the answer leaves: the caller's span should not be the first to end.
        finish(sent);
        next(sent);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}

/** The context that the caller sent. Throws if the metadata holds none. */
export function extractSpanFromMetadata(metadata: Metadata, tracer: Tracer): SpanContext {
  const spanContext = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));
  // Go's words, in which extract has an error where npm's has null.
  if (!spanContext) throw new Error('opentracing: SpanContext not found in Extract carrier');
  return spanContext;
}

function startServerSpan(tracer: Tracer, operationName: string, metadata: Metadata): Span {
  const caller = rpcServerOption(callerOf(metadata, tracer));
  const serverSpan = tracer.startSpan(operationName, {
    ...caller,
    tags: { ...caller.tags, [Tags.COMPONENT]: 'gRPC' },
  });
  // Set by the caller, and here. As a tag it can be seen and searched for.
  serverSpan.setTag('baggage', serverSpan.getBaggageItem('baggage'));
  return serverSpan;
}

/** Nothing, for a caller that does not trace: the span then is a root. */
function callerOf(metadata: Metadata, tracer: Tracer): SpanContext | undefined {
  try {
    return extractSpanFromMetadata(metadata, tracer);
  } catch (error) {
    stdLogger.error(`Extract from metadata failed: ${(error as Error).message}`);
    return undefined;
  }
}
