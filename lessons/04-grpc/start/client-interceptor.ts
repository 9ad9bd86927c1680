import { InterceptingCall, type Interceptor, RequesterBuilder } from '@grpc/grpc-js';
import type { Tracer } from 'opentracing';

/** Stands in every call's way, and does nothing yet. */
export function gRPCClientInterceptor(_tracer: Tracer): Interceptor {
  return (options, nextCall) => {
    const requester = new RequesterBuilder()
      .withStart((metadata, listener, next) => {
        // Step 4.1: a call begins here. Its status, which is the last that is heard of it, comes to the listener.
        // Step 4.2: what does the server get to know of the span?
        next(metadata, listener);
      })
      .build();
    return new InterceptingCall(nextCall(options), requester);
  };
}
