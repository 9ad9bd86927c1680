// Lesson 4 with OpenTelemetry: the client's interceptor.
import {
  InterceptingCall,
  type Interceptor,
  ListenerBuilder,
  RequesterBuilder,
} from '@grpc/grpc-js';
import { context, propagation, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { endWithStatus } from './call-status.ts';
import { metadataSetter } from './metadata-carrier.ts';

/** Gives every call a span below the active one, and sends its context along in the call's metadata. */
export function gRPCClientInterceptor(tracer: Tracer): Interceptor {
  return (options, nextCall) => {
    // Here the caller's span is active. Where the call starts, it may no longer be.
    const parent = context.active();
    const requester = new RequesterBuilder()
      .withStart((metadata, _listener, next) => {
        const span = tracer.startSpan(
          options.method_definition.path,
          { kind: SpanKind.CLIENT, attributes: { component: 'gRPC' } },
          parent,
        );
        const baggage = propagation.createBaggage({ baggage: { value: 'gRPC-Baggage' } });
        const ctx = propagation.setBaggage(trace.setSpan(parent, span), baggage);
        const copy = metadata.clone();
        propagation.inject(ctx, copy, metadataSetter);

        const listener = new ListenerBuilder().withOnReceiveStatus((status, nextStatus) => {
          endWithStatus(span, status);
          nextStatus(status);
        });
        next(copy, listener.build());
      })
      .build();
    return new InterceptingCall(nextCall(options), requester);
  };
}
