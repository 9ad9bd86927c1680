// No promise: the client is closed right after its call was made, which is under way then and comes to its end. The
// interceptor comes from a provider, and the baggage from a span of the program's own.
import { type ClientOptions, credentials, type InterceptorProvider } from '@grpc/grpc-js';
import { background, contextWithSpan } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type TracedCallOptions } from '@spoor/services/grpc';
import { gRPCClientInterceptor } from './client-interceptor.ts';

const [tracer, closer] = initJaeger('jaeger-gRPC-client');
const interceptor = gRPCClientInterceptor(tracer);
const provider: InterceptorProvider = () => interceptor;
const options: ClientOptions = { interceptor_providers: [provider] };
const client = new Greeter('localhost:50051', credentials.createInsecure(), options);

const root = tracer.startSpan('greet-by-callback');
root.setBaggageItem('baggage', 'gRPC-Baggage');
type ByOptions = (
  request: { name: string },
  options: TracedCallOptions,
  callback: (error: Error | null, reply?: { msg: string }) => void,
) => void;
const sayHello = client.SayHello.bind(client) as unknown as ByOptions;
client.waitForReady(Date.now() + 3000, (failed) => {
  if (failed) throw failed;
  sayHello(
    { name: process.argv[2] ?? 'World' },
    { context: contextWithSpan(background(), root) },
    (error, reply) => {
      if (reply) console.log(`server response: ${reply.msg}`);
      else console.error(`client call SayHello() failed: ${error?.message}`);
      root.finish();
      void closer.close();
    },
  );
  setImmediate(() => client.close());
});
