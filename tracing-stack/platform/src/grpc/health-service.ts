import { setInterval } from 'node:timers/promises';
import { type Server, status } from '@grpc/grpc-js';
import { CallError } from './call-error.ts';
import type { CallHandlers } from './call-handlers.ts';
import { loadService } from './load-services.ts';

type ServingStatus = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

interface HealthRequest {
  readonly service: string;
}

interface HealthResponse {
  readonly status: ServingStatus;
}

/** How often those who watch are told of a change. */
const WATCH_EVERY_MS = 1000;

/** Adds `grpc.health.v1.Health`, which knows the services by `names` and says of all of them what `check` says. */
export async function addHealthService(
  server: Server,
  handlers: CallHandlers,
  names: readonly string[],
  check: () => Promise<void>,
): Promise<void> {
  const known = new Set(['', ...names]);
  // Why it does not serve, only HTTP health can say.
  const serving = () =>
    check().then(
      (): ServingStatus => 'SERVING',
      (): ServingStatus => 'NOT_SERVING',
    );

  async function* watch(
    { service }: HealthRequest,
    signal: AbortSignal,
  ): AsyncGenerator<HealthResponse> {
    let told: ServingStatus = known.has(service) ? await serving() : 'SERVICE_UNKNOWN';
    yield { status: told };
    const clock = setInterval(WATCH_EVERY_MS, undefined, { signal, ref: false });
    try {
      for await (const _ of clock) {
        const now = known.has(service) ? await serving() : told;
        if (now !== told) yield { status: now };
        told = now;
      }
    } catch (error) {
      // Nobody watches any longer.
      if (!signal.aborted) throw error;
    }
  }

  server.addService(await loadService('health.proto', 'grpc.health.v1.Health'), {
    Check: handlers.unary('health/Check', async ({ service }: HealthRequest) => {
      if (!known.has(service)) throw new CallError(status.NOT_FOUND, 'unknown service');
      return { status: await serving() };
    }),
    Watch: handlers.serverStream('health/Watch', watch),
  });
}
