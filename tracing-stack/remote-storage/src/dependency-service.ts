import type { Server } from '@grpc/grpc-js';
import { type CallHandlers, loadService } from '@spoor/platform/grpc';
import type { DependencyStore } from '@spoor/storage-api';

const NAME = 'spoor.storage.v1.DependencyStore';

/** As proto-loader reads it: an int64 is a text. */
interface WriteLinksRequest {
  readonly timestamp: string;
  readonly links: readonly {
    readonly parent: string;
    readonly child: string;
    readonly callCount: string;
  }[];
}

/** Adds what the graph of the services needs beside Jaeger's protocol, which can only read it; returns its name. */
export async function addDependencyService(
  server: Server,
  handlers: CallHandlers,
  dependencies: DependencyStore,
): Promise<string> {
  server.addService(await loadService('spoor-storage.proto', NAME), {
    WriteLinks: handlers.unary('WriteLinks', async ({ timestamp, links }: WriteLinksRequest) => {
      const counted = links.map(({ parent, child, callCount }) => ({
        parent,
        child,
        callCount: Number(callCount),
      }));
      await dependencies.write(Number(timestamp), counted);
      return {};
    }),
  });
  return NAME;
}
