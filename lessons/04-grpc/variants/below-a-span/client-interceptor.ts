import {
  InterceptingCall,
  type Interceptor,
  type InterceptorOptions,
  ListenerBuilder,
  type Metadata,
  RequesterBuilder,
} from '@grpc/grpc-js';
import { background, spanFromContext, stdLogger } from '@spoor/client';
import type { TracedCallOptions } from '@spoor/services/grpc';
import { FORMAT_TEXT_MAP, type Span, Tags, type Tracer } from 'opentracing';
import { finishWithStatus } from './call-status.ts';
import { MdWriter } from './metadata-carrier.ts';

/** Gives every call a span, and sends its context along in the call's metadata. */
export function gRPCClientInterceptor(tracer: Tracer): Interceptor {
  return (options: InterceptorOptions & TracedCallOptions, nextCall) => {
    const requester = new RequesterBuilder()
      .withStart((metadata, _listener, next) => {
        const parent = spanFromContext(options.context ?? background());
        const clientSpan = tracer.startSpan(options.method_definition.path, {
          ...(parent && { childOf: parent }),
          tags: { [Tags.SPAN_KIND]: Tags.SPAN_KIND_RPC_CLIENT, [Tags.COMPONENT]: 'gRPC' },
        });
        // Before inject, or it stays at home.
        clientSpan.setBaggageItem('baggage', 'gRPC-Baggage');

        // The status is the last that is heard of a call, whether it went well, failed, or never left.
        const listener = new ListenerBuilder().withOnReceiveStatus((status, nextStatus) => {
          finishWithStatus(clientSpan, status);
          nextStatus(status);
        });
        next(withContext(metadata, tracer, clientSpan), listener.build());
      })
      .build();
    return new InterceptingCall(nextCall(options), requester);
  };
}

/** A copy of `metadata` that carries the context of `clientSpan`. Throws if the tracer wrote nothing. */
export function injectClientSpanToMetadata(
  metadata: Metadata,
  tracer: Tracer,
  clientSpan: Span,
): Metadata {
  // The caller may use the same object for its next call, and that one has a span of its own.
  const copy = metadata.clone();
  const carrier = new MdWriter(copy);
  tracer.inject(clientSpan.context(), FORMAT_TEXT_MAP, carrier);
  if (carrier.written === 0) throw new Error('the tracer wrote nothing');
  return copy;
}

/** The call matters more than its trace: without a context it is made all the same. */
function withContext(metadata: Metadata, tracer: Tracer, clientSpan: Span): Metadata {
  try {
    return injectClientSpanToMetadata(metadata, tracer, clientSpan);
  } catch (error) {
    stdLogger.error(`inject to metadata err ${(error as Error).message}`);
    return metadata;
  }
}
