// Lesson 4 with OpenTelemetry: the client.
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { trace } from '@opentelemetry/api';
import { Greeter } from '@spoor/services/grpc';
import { initTracing } from '../../01-init/today/tracing.ts';
import { gRPCClientInterceptor } from './client-interceptor.ts';

const ADDRESS = process.env['GREETER_ADDRESS'] ?? 'localhost:50051';
const ANSWER_WITHIN_MS = 10_000;

const provider = initTracing('jaeger-gRPC-client');

const client = new Greeter(ADDRESS, credentials.createInsecure(), {
  interceptors: [gRPCClientInterceptor(trace.getTracer('lessons'))],
  'grpc.enable_http_proxy': 0,
});
try {
  const name = process.argv[2] ?? 'World';
  const options = { deadline: Date.now() + ANSWER_WITHIN_MS };
  const msg = await new Promise<string>((resolve, reject) => {
    client.SayHello({ name }, new Metadata(), options, (error: ServiceError | null, reply) => {
      if (reply) resolve(reply.msg);
      else reject(error);
    });
  });
  console.log(`server response: ${msg}`);
} catch (error) {
  console.error(`client call SayHello() failed: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  client.close();
  await provider.shutdown();
}
