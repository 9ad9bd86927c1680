import {
  InterceptingCall,
  type Interceptor,
  type InterceptorOptions,
  type Metadata,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { background, spanFromContext } from '@spoor/client';
import type { TracedCallOptions } from '@spoor/services/grpc';
import { FORMAT_TEXT_MAP, type Tracer } from 'opentracing';

/** Its listener is the caller's own, with one method of it around. */
export function gRPCClientInterceptor(tracer: Tracer): Interceptor {
  return (options: InterceptorOptions & TracedCallOptions, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        const parent = spanFromContext(options.context ?? background());
        const span = tracer.startSpan(options.method_definition.path, {
          ...(parent && { childOf: parent }),
          tags: { 'span.kind': 'client', component: 'gRPC' },
        });
        const carrier = new Map<string, string>();
        tracer.inject(span, FORMAT_TEXT_MAP, carrier);
        for (const [key, value] of carrier) metadata.set(key, value);
        next(metadata, {
          onReceiveMetadata: (received: Metadata) => listener.onReceiveMetadata(received),
          onReceiveMessage: (message: unknown) => listener.onReceiveMessage(message),
          onReceiveStatus(received: StatusObject) {
            if (received.code !== status.OK) {
              span.setTag('error', true);
              span.log({ event: 'error', message: received.details });
            }
            span.finish();
            listener.onReceiveStatus(received);
          },
        });
      },
    });
}
