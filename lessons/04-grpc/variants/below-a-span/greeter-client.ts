// The call hangs below a span of the program's own, and is promisified.
import { promisify } from 'node:util';
import { credentials, Metadata } from '@grpc/grpc-js';
import { background, contextWithSpan, initGlobalTracer } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply, type TracedCallOptions } from '@spoor/services/grpc';
import { gRPCClientInterceptor } from './client-interceptor.ts';

const [tracer, closer] = initJaeger('jaeger-gRPC-client');
initGlobalTracer(tracer);
const client = new Greeter('127.0.0.1:50051', credentials.createInsecure(), {
  interceptors: [gRPCClientInterceptor(tracer)],
});
const call = promisify(client.SayHello.bind(client)) as (
  request: { name: string },
  metadata: Metadata,
  options: TracedCallOptions,
) => Promise<HelloReply>;

const span = tracer.startSpan('greet-somebody', { tags: { who: process.argv[2] ?? 'World' } });
try {
  const context = contextWithSpan(background(), span);
  const { msg } = await call({ name: process.argv[2] ?? 'World' }, new Metadata(), { context });
  console.log(`server response: ${msg}`);
} catch (error) {
  console.error(`client call SayHello() failed: ${(error as Error).message}`);
  process.exitCode = 2;
}
span.finish();
client.close();
await closer.close();
