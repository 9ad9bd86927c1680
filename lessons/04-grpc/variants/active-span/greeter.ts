// The method has a span of its own below the interceptor's, and takes its time.
import { type handleUnaryCall, Server, status } from '@grpc/grpc-js';
import { activeSpan, sleep } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply, type HelloRequest, serveGrpc } from '@spoor/services/grpc';
import { gRPCServerInterceptor } from './server-interceptor.ts';

const [tracer, closer] = initJaeger('jaeger-gRPC-server');

async function greeting(name: string): Promise<string> {
  const parent = activeSpan();
  const span = tracer.startSpan('compose-greeting', parent ? { childOf: parent } : {});
  await sleep(300);
  span.finish();
  return `Hello ${name}`;
}

const sayHello: handleUnaryCall<HelloRequest, HelloReply> = async (call, callback) => {
  const msg = await greeting(call.request.name);
  if (call.request.name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else callback(null, { msg });
};

const server = new Server({ interceptors: [gRPCServerInterceptor(tracer)] });
server.addService(Greeter.service, { SayHello: sayHello });
await serveGrpc(server, 50051, closer);
