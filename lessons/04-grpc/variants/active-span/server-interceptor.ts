import {
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import { rpcServerOption, withSpan } from '@spoor/client';
import { FORMAT_HTTP_HEADERS, type Span, type Tracer } from 'opentracing';
import { type CallStatus, finishWithStatus } from './call-status.ts';
import { MdReader } from './metadata-carrier.ts';

/** The span starts when the whole request is there. */
export function gRPCServerInterceptor(tracer: Tracer): ServerInterceptor {
  return (method, call) => {
    let headers: MdReader | undefined;
    let span: Span | undefined;
    const over = (how: CallStatus) => {
      if (span) finishWithStatus(span, how);
      span = undefined;
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        headers = new MdReader(metadata);
        next(metadata);
      })
      .withOnReceiveHalfClose((next) => {
        const caller = tracer.extract(FORMAT_HTTP_HEADERS, headers);
        span = tracer.startSpan(method.path, rpcServerOption(caller));
        span.setTag('component', 'gRPC');
        const baggage = span.getBaggageItem('baggage');
        if (baggage !== undefined) span.setTag('baggage', baggage);
        withSpan(span, next);
      })
      .withOnCancel(() => over({ code: status.CANCELLED }))
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((sent, next) => {
        over(sent);
        next(sent);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}
