import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import { FORMAT_TEXT_MAP, type Tracer } from 'opentracing';

export function gRPCClientInterceptor(tracer: Tracer): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        const span = tracer.startSpan(options.method_definition.path, {
          tags: { 'span.kind': 'client', component: 'gRPC' },
        });
        span.setBaggageItem('baggage', 'gRPC-Baggage');
        const carrier: Record<string, string> = {};
        tracer.inject(span.context(), FORMAT_TEXT_MAP, carrier);
        for (const [key, value] of Object.entries(carrier)) metadata.set(key, value);
        next(metadata, {
          ...listener,
          onReceiveMetadata: (received, more) => more(received),
          onReceiveMessage: (message, more) => more(message),
          onReceiveStatus(status, more) {
            if (status.code !== 0) {
              span.setTag('error', true);
              span.log({ event: 'error', message: status.details });
            }
            span.finish();
            more(status);
          },
        });
      },
    });
}
