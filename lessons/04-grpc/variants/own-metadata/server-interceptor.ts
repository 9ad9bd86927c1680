// Everything goes on a little later. The span is finished where the answer is known, by a method of the call itself.
import { AsyncLocalStorage } from 'node:async_hooks';
import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';
import { background, type Context, contextWithSpan, rpcServerOption } from '@spoor/client';
import { FORMAT_TEXT_MAP, type Span, type Tracer } from 'opentracing';
import { MdReader } from './metadata-carrier.ts';

const contexts = new AsyncLocalStorage<Context>();
export const callContext = () => contexts.getStore() ?? background();

class TracedCall extends ServerInterceptingCall {
  span: Span | undefined;

  override sendStatus(sent: Parameters<ServerInterceptingCall['sendStatus']>[0]): void {
    const { span } = this;
    this.span = undefined;
    if (sent.code) {
      span?.setTag('error', true);
      span?.log({ event: 'error', message: status[sent.code as status] });
    }
    setImmediate(() => {
      super.sendStatus(sent);
      span?.finish();
    });
  }
}

export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return ({ path }, call) => {
    const traced: TracedCall = new TracedCall(call, {
      start: (next) =>
        next({
          async onReceiveMetadata(metadata, nextMetadata) {
            const caller = tracer.extract(FORMAT_TEXT_MAP, new MdReader(metadata));
            const span = tracer.startSpan(path, rpcServerOption(caller));
            span.addTags({ component: 'gRPC', baggage: span.getBaggageItem('baggage') });
            traced.span = span;
            await Promise.resolve();
            nextMetadata(metadata);
          },
          onReceiveHalfClose(next) {
            const { span } = traced;
            setImmediate(() => {
              if (span) contexts.run(contextWithSpan(background(), span), next);
              else next();
            });
          },
          onCancel() {
            traced.span?.setTag('error', true).finish();
            traced.span = undefined;
          },
        }),
    });
    return traced;
  };
}
