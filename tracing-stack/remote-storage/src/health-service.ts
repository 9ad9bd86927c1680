import type { Server } from '@grpc/grpc-js';
import { loadService } from '@spoor/platform/grpc';
import { CallError } from './answer-to.ts';
import type { CallHandlers } from './call-handlers.ts';

/** Adds `grpc.health.v1.Health`, which knows the services by `names` and says of all of them what `check` says. */
export async function addHealthService(
  server: Server,
  handlers: CallHandlers,
  names: readonly string[],
  check: () => Promise<void>,
): Promise<void> {
  const known = new Set(['', ...names]);
  server.addService(await loadService('health.proto', 'grpc.health.v1.Health'), {
    Check: handlers.unary('health/Check', async ({ service }: { service: string }) => {
      if (!known.has(service)) throw new CallError('no-service', 'unknown service');
      // Why it does not serve, only HTTP health can say.
      const status = await check().then(
        () => 'SERVING',
        () => 'NOT_SERVING',
      );
      return { status };
    }),
  });
}
