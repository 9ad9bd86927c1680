// Finished where the answer comes in; where none comes, with the status.
import { InterceptingCall, type Interceptor, status } from '@grpc/grpc-js';
import { FORMAT_HTTP_HEADERS, type Tracer } from 'opentracing';
import { MdWriter } from './metadata-carrier.ts';

export const gRPCClientInterceptor =
  (tracer: Tracer): Interceptor =>
  (options, nextCall) => {
    let isAnswered = false;
    return new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        const span = tracer.startSpan(options.method_definition.path);
        span.setTag('span.kind', 'client').setTag('component', 'gRPC').setTag('peer', 'greeter');
        span.setBaggageItem('who', 'me').setBaggageItem('baggage', 'gRPC-Baggage');
        tracer.inject(span, FORMAT_HTTP_HEADERS, new MdWriter(metadata));
        span.log({ event: 'asked' });
        next(metadata, {
          onReceiveMessage(message, nextMessage) {
            if (message !== null && message !== undefined && !isAnswered) {
              isAnswered = true;
              span.finish();
            }
            nextMessage(message);
          },
          onReceiveStatus(received, nextStatus) {
            if (!isAnswered) {
              if (received.code !== status.OK) {
                span.addTags({ error: true, 'grpc.code': received.code });
                span.log({ event: 'error', 'error.kind': status[received.code] });
              }
              span.finish();
            }
            nextStatus(received);
          },
        });
      },
    });
  };
