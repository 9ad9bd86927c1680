// Lesson 4 with OpenTelemetry: the server.
import { type handleUnaryCall, Server, status } from '@grpc/grpc-js';
import { trace } from '@opentelemetry/api';
import { Greeter, type HelloReply, type HelloRequest, serveGrpc } from '@spoor/services/grpc';
import { initTracing } from '../../01-init/today/tracing.ts';
import { gRPCServerInterceptor } from './server-interceptor.ts';

const PORT = Number(process.env['GREETER_PORT'] ?? 50051);

const sayHello: handleUnaryCall<HelloRequest, HelloReply> = ({ request: { name } }, callback) => {
  trace.getActiveSpan()?.addEvent('say-hello', { name });
  if (name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else callback(null, { msg: `Hello ${name}` });
};

const provider = initTracing('jaeger-gRPC-server');

const server = new Server({ interceptors: [gRPCServerInterceptor(trace.getTracer('lessons'))] });
server.addService(Greeter.service, { SayHello: sayHello });
await serveGrpc(server, PORT, { close: () => provider.shutdown() });
