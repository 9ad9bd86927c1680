import { randomBytes } from 'node:crypto';
import { credentials, Metadata } from '@grpc/grpc-js';
import { Health } from '@spoor/services/grpc';

/**
 * Whether `service` serves on a port of this machine. Asked by gRPC's health protocol, for over gRPC there is no answer
 * but that of a method.
 */
export async function servesOverGrpc(
  port: number,
  service: string,
  withinMs: number,
): Promise<boolean> {
  const client = new Health(`localhost:${port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  });
  const metadata = new Metadata();
  // Its last digit says that this trace is not sampled: the question is to leave no span.
  const id = randomBytes(8).toString('hex');
  metadata.set('uber-trace-id', `${id}:${id}:0:0`);
  try {
    return await new Promise((resolve) => {
      client.Check({ service }, metadata, { deadline: Date.now() + withinMs }, (error, reply) =>
        resolve(!error && reply?.status === 'SERVING'),
      );
    });
  } finally {
    client.close();
  }
}
