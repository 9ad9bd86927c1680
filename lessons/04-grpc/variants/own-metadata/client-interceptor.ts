// Metadata of its own that takes over what the caller's holds; the call goes on a little later.
import {
  InterceptingCall,
  type Interceptor,
  type Listener,
  Metadata,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { FORMAT_TEXT_MAP, type Span, type Tracer } from 'opentracing';
import { MdWriter } from './metadata-carrier.ts';

class SpanListener implements Listener {
  constructor(span: Span) {
    this.onReceiveStatus = (received, next) => {
      if (received.code !== status.OK) {
        span.setTag('error', true);
        span.log({ event: 'error', message: received.details });
      }
      setImmediate(() => {
        next(received);
        span.finish();
      });
    };
  }

  onReceiveStatus: (received: StatusObject, next: (status: StatusObject) => void) => void;

  onReceiveMetadata(metadata: Metadata, next: (metadata: Metadata) => void): void {
    next(metadata);
  }

  onReceiveMessage(message: unknown, next: (message: unknown) => void): void {
    setImmediate(next, message);
  }
}

export const gRPCClientInterceptor =
  (tracer: Tracer): Interceptor =>
  (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      async start(metadata, _listener, next) {
        const span = tracer.startSpan(options.method_definition.path);
        span.addTags({ 'span.kind': 'client', component: 'gRPC' });
        span.setBaggageItem('baggage', 'gRPC-Baggage');
        const own = new Metadata();
        own.merge(metadata);
        tracer.inject(span.context(), FORMAT_TEXT_MAP, new MdWriter(own));
        await new Promise((resolve) => setTimeout(resolve, 20));
        next(own, new SpanListener(span));
      },
    });
