// The client of lesson 4: greets who is named on the command line, once, and ends.
import { promisify } from 'node:util';
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { background, type Context, initGlobalTracer, stdLogger } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import { Greeter, type GreeterClient } from '@spoor/services/grpc';
import { gRPCClientInterceptor } from './client-interceptor.ts';

const ADDRESS = process.env['GREETER_ADDRESS'] ?? 'localhost:50051';
const DEFAULT_NAME = 'World';
const CONNECT_WITHIN_MS = 3000;
const ANSWER_WITHIN_MS = 10_000;

async function connect(client: GreeterClient): Promise<void> {
  try {
    await promisify(client.waitForReady.bind(client))(Date.now() + CONNECT_WITHIN_MS);
  } catch (cause) {
    throw new Error(`can't connect to the server: ${ADDRESS}`, { cause });
  }
}

/** Asks the server for the greeting. The interceptor makes the span: below the one in `ctx`, if there is one. */
function sayHello(client: GreeterClient, ctx: Context, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { context: ctx, deadline: Date.now() + ANSWER_WITHIN_MS };
    client.SayHello({ name }, new Metadata(), options, (error: ServiceError | null, reply) => {
      if (reply) resolve(reply.msg);
      else reject(new Error(`client call SayHello() failed: ${error?.message}`, { cause: error }));
    });
  });
}

const [tracer, closer] = initJaeger('jaeger-gRPC-client');
initGlobalTracer(tracer);

const client = new Greeter(ADDRESS, credentials.createInsecure(), {
  interceptors: [gRPCClientInterceptor(tracer)],
  // The server is on this machine: no proxy on the way, whatever the environment says.
  'grpc.enable_http_proxy': 0,
});
try {
  const name = process.argv[2] ?? DEFAULT_NAME;
  await connect(client);
  const msg = await sayHello(client, background(), name);
  stdLogger.info(`server response: ${msg}`);
} catch (error) {
  stdLogger.error((error as Error).message);
  process.exitCode = 1;
} finally {
  client.close();
  // Also after a failure: the span of a call that failed is the one that will be looked for.
  await closer.close();
}
