// Another way: the status is only noted when it goes out; the span is finished when the call is over, in onCancel.
import { AsyncLocalStorage } from 'node:async_hooks';
import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';
import { background, type Context, contextWithSpan, rpcServerOption } from '@spoor/client';
import { FORMAT_TEXT_MAP, type Span, type Tracer } from 'opentracing';

type Sent = Parameters<ServerInterceptingCall['sendStatus']>[0];

const contexts = new AsyncLocalStorage<Context>();

export function callContext(): Context {
  return contexts.getStore() ?? background();
}

export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return (method, call) => {
    let span: Span | undefined;
    let sent: Sent = { code: status.CANCELLED, details: 'the caller has gone' };
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, go) {
            const caller = tracer.extract(FORMAT_TEXT_MAP, metadata.getMap());
            span = tracer.startSpan(method.path, rpcServerOption(caller));
            span.addTags({ component: 'gRPC', baggage: span.getBaggageItem('baggage') });
            go(metadata);
          },
          onReceiveMessage: (message, go) => go(message),
          onReceiveHalfClose: (go) =>
            span ? contexts.run(contextWithSpan(background(), span), go) : go(),
          // Comes after an answer, too: then it is known how that went.
          onCancel() {
            if (sent.code) {
              span?.setTag('error', true);
              span?.log({ event: 'error', message: sent.details });
            }
            span?.finish();
          },
        }),
      sendStatus(last, next) {
        sent = last;
        next(last);
      },
    });
  };
}
