// The server of lesson 4. The interceptor does the tracing, for this method and for any other that may come.
import { type handleUnaryCall, Server, status } from '@grpc/grpc-js';
import { initGlobalTracer, spanFromContext } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply, type HelloRequest, serveGrpc } from '@spoor/services/grpc';
import { callContext, gRPCServerInterceptor } from './server-interceptor.ts';

const PORT = Number(process.env['GREETER_PORT'] ?? 50051);

const sayHello: handleUnaryCall<HelloRequest, HelloReply> = ({ request: { name } }, callback) => {
  // The interceptor's span: a handler need not know of tracing, and can add to it if it does.
  spanFromContext(callContext())?.log({ event: 'say-hello', name });

  // So that it can be seen what a failed call looks like.
  if (name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else callback(null, { msg: `Hello ${name}` });
};

const [tracer, closer] = initJaeger('jaeger-gRPC-server');
initGlobalTracer(tracer);

const server = new Server({ interceptors: [gRPCServerInterceptor(tracer)] });
server.addService(Greeter.service, { SayHello: sayHello });
await serveGrpc(server, PORT, closer);
