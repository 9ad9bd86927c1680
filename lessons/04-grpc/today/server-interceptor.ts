// Lesson 4 with OpenTelemetry: the server's interceptor.
import {
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { endWithStatus } from './call-status.ts';
import { metadataGetter } from './metadata-carrier.ts';

/** Gives every call that is answered a span, below the caller's if the metadata tells of one. */
export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return (method, call) => {
    let ctx: Context = ROOT_CONTEXT;
    const end = (sent: Parameters<typeof endWithStatus>[1]) => {
      const span = trace.getSpan(ctx);
      if (span?.isRecording()) endWithStatus(span, sent);
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        const caller = propagation.extract(ROOT_CONTEXT, metadata, metadataGetter);
        const baggage = propagation.getBaggage(caller)?.getEntry('baggage')?.value ?? '';
        const options = { kind: SpanKind.SERVER, attributes: { component: 'gRPC', baggage } };
        ctx = trace.setSpan(caller, tracer.startSpan(method.path, options, caller));
        next(metadata);
      })
      // The handler runs inside, so that `trace.getActiveSpan()` gives it the span of its call.
      .withOnReceiveHalfClose((next) => context.with(ctx, next))
      .withOnCancel(() => end({ code: status.CANCELLED, details: 'the caller did not wait' }))
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((sent, next) => {
        end(sent);
        next(sent);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}
