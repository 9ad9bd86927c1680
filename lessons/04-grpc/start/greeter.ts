// The server of lesson 4.
import { type handleUnaryCall, Server, status } from '@grpc/grpc-js';
import { initGlobalTracer } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply, type HelloRequest, serveGrpc } from '@spoor/services/grpc';

const PORT = Number(process.env['GREETER_PORT'] ?? 50051);

const sayHello: handleUnaryCall<HelloRequest, HelloReply> = ({ request: { name } }, callback) => {
  // Step 4.4: which span is this?

  // So that it can be seen what a failed call looks like.
  if (name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else callback(null, { msg: `Hello ${name}` });
};

const [tracer, closer] = initJaeger('jaeger-gRPC-server');
initGlobalTracer(tracer);

// Step 4.3: nothing looks at the calls that come in.
const server = new Server();
server.addService(Greeter.service, { SayHello: sayHello });
await serveGrpc(server, PORT, closer);
