import { type handleUnaryCall, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { rpcServerOption } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply, type HelloRequest } from '@spoor/services/grpc';
import { FORMAT_TEXT_MAP, type Span } from 'opentracing';

const [tracer] = initJaeger('jaeger-gRPC-server');

/** A method that is given the span of its call. */
type Traced<Request, Reply> = (
  request: Request,
  span: Span,
  callback: Parameters<handleUnaryCall<Request, Reply>>[1],
) => void;

function traced<Request, Reply>(
  path: string,
  method: Traced<Request, Reply>,
): handleUnaryCall<Request, Reply> {
  return ({ request, metadata }, callback) => {
    const caller = tracer.extract(FORMAT_TEXT_MAP, metadata.getMap());
    const span = tracer.startSpan(path, rpcServerOption(caller));
    span.setTag('component', 'gRPC').setTag('baggage', span.getBaggageItem('baggage'));
    method(request, span, (error, reply) => {
      if (error) {
        span.setTag('error', true);
        span.log({ event: 'error', message: error.details });
      }
      span.finish();
      callback(error, reply);
    });
  };
}

const sayHello: Traced<HelloRequest, HelloReply> = ({ name }, span, callback) => {
  span.log({ event: 'say-hello', name });
  if (name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else setImmediate(() => callback(null, { msg: `Hello ${name}` }));
};

const server = new Server();
server.addService(Greeter.service, { SayHello: traced('/protos.Greeter/SayHello', sayHello) });
server.bindAsync('127.0.0.1:50051', ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});
