import { type Server, status } from '@grpc/grpc-js';
import { traceIdToBytes } from '@spoor/model';
import { CallError, type CallHandlers, loadService } from '@spoor/platform/grpc';
import { type SpanReader, type SpanStore, type SpanWriter, StorageError } from '@spoor/storage-api';
import { chunksOf, foundChunks } from './span-chunks.ts';
import {
  type ArrivalsRequest,
  storedBatch,
  type TraceQueryMessage,
  traceQuery,
  type WriteBatchRequest,
} from './spoor-messages.ts';

const NAME = 'spoor.storage.v1.SpanStore';

/** What stands behind the service. */
export interface SpoorBackend extends Pick<SpanStore, 'check' | 'reader'> {
  readonly writer: SpanWriter;
}

/** Adds `spoor.storage.v1` to a server, and returns its name. */
export async function addSpoorService(
  server: Server,
  handlers: CallHandlers,
  { check, reader, writer }: SpoorBackend,
): Promise<string> {
  const { FindTraces, ...service } = await loadService('spoor-storage.proto', NAME);
  if (FindTraces === undefined) throw new Error('spoor-storage.proto has no FindTraces');
  server.addService(
    {
      ...service,
      FindTraces: { ...FindTraces, responseSerialize: (bytes: object) => bytes as Buffer },
    },
    {
      Check: handlers.unary('Check', async () => {
        await check();
        return {};
      }),
      WriteBatch: handlers.unary('WriteBatch', async (request: WriteBatchRequest) => {
        await writer.write(storedBatch(request));
        return {};
      }),
      FindTraces: handlers.serverStream('spoor/FindTraces', (request: TraceQueryMessage) =>
        foundChunks(reader, traceQuery(request)),
      ),
      FindTraceIds: handlers.unary('FindTraceIds', async (request: TraceQueryMessage) => {
        const ids = await reader.findTraceIds(traceQuery(request));
        return { traceIds: ids.map(traceIdToBytes) };
      }),
      Arrivals: handlers.serverStream('Arrivals', (request: ArrivalsRequest) =>
        arrivals(reader, request),
      ),
    },
  );
  return NAME;
}

async function* arrivals(
  reader: SpanReader,
  { cursor, limit = Number.POSITIVE_INFINITY }: ArrivalsRequest,
): AsyncGenerator<{ spans?: Uint8Array; cursor?: string }> {
  const arrived = await reader.arrivals(cursor, limit).catch((error: unknown) => {
    // The one thing of a call that a store can find corrupt: all else it leaves out and counts.
    const isCursor = error instanceof StorageError && error.code === 'corrupt';
    throw isCursor ? new CallError(status.INVALID_ARGUMENT, error.message) : error;
  });
  for (const spans of chunksOf(arrived.spans)) yield { spans };
  yield { cursor: arrived.cursor };
}
