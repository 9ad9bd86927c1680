import { AsyncLocalStorage } from 'node:async_hooks';
import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { background, type Context, contextWithSpan } from '@spoor/client';
import { FORMAT_TEXT_MAP, type Span, type Tracer } from 'opentracing';

const contexts = new AsyncLocalStorage<Context>();
export const callContext = () => contexts.getStore() ?? background();

export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return (method, call) => {
    let span: Span;
    let isOver = false;
    return new ServerInterceptingCall(call, {
      start(next) {
        next({
          onReceiveMetadata(metadata, more) {
            const parent = tracer.extract(FORMAT_TEXT_MAP, metadata.getMap());
            span = tracer.startSpan(method.path, {
              ...(parent && { childOf: parent }),
              tags: { 'span.kind': 'server', component: 'gRPC' },
            });
            span.setTag('baggage', span.getBaggageItem('baggage'));
            more(metadata);
          },
          onReceiveHalfClose: (more) => contexts.run(contextWithSpan(background(), span), more),
          onCancel() {
            if (!isOver) span.setTag('error', true).finish();
            isOver = true;
          },
        });
      },
      sendStatus(status, next) {
        if (isOver) return next(status);
        isOver = true;
        if (status.code) {
          span.setTag('error', true);
          span.log({ event: 'error', message: status.details ?? '' });
        }
        next(status);
        span.finish();
      },
    });
  };
}
