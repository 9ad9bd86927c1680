import {
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
} from '@grpc/grpc-js';
import { background, type Context } from '@spoor/client';
import type { Tracer } from 'opentracing';

/** The context of the call that is being answered. */
export function callContext(): Context {
  // Step 4.4: each call has one of its own.
  return background();
}

/** Stands in the way of every call that is answered, and does nothing yet. */
export function gRPCServerInterceptor(_tracer: Tracer): ServerInterceptor {
  return (_method, call) => {
    const listener = new ServerListenerBuilder()
      // Step 4.3: what the caller sent ahead of its message comes here.
      .withOnReceiveMetadata((metadata, next) => next(metadata))
      // Step 4.4: with this the request is complete, and the handler is called from in here.
      .withOnReceiveHalfClose((next) => next())
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      // Step 4.3: the last that the caller hears goes out here.
      .withSendStatus((sent, next) => next(sent))
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}
