import { type Server, status } from '@grpc/grpc-js';
import { type Trace, type TraceId, traceIdFromBytes } from '@spoor/model';
import {
  CallError,
  type CallHandlers,
  loadService,
  pointInTime,
  type TimeMessage,
} from '@spoor/platform/grpc';
import { encodeSpanChunks } from '@spoor/wire';
import { archiveTrace } from '../archive-trace.ts';
import { knownKinds } from '../operation-kinds.ts';
import { QueryError } from '../query-error.ts';
import type { Sources } from '../sources.ts';
import { withRawAnswers } from './raw-answers.ts';
import { type SearchMessage, traceSearch } from './trace-search.ts';

const NAME = 'jaeger.api_v2.QueryService';

/** As Jaeger cuts a trace; and well below the 4 MiB that clients take. */
const CHUNK = { spans: 10, bytes: 1024 * 1024 };

interface TraceRequest {
  readonly traceId: Uint8Array;
}

interface SearchRequest {
  readonly query: (SearchMessage & { readonly tags: Readonly<Record<string, string>> }) | null;
}

interface OperationsRequest {
  readonly service: string;
  readonly spanKind: string;
}

interface TimeRange {
  readonly startTime: TimeMessage | null;
  readonly endTime: TimeMessage | null;
}

/** Adds `jaeger.api_v2.QueryService`, whose answers are not adjusted, and returns its name. */
export async function addV2Service(
  server: Server,
  handlers: CallHandlers,
  sources: Sources,
): Promise<string> {
  const { reader, check } = sources;

  async function* getTrace({ traceId }: TraceRequest): AsyncGenerator<Uint8Array> {
    const id = traceIdOf(traceId);
    await check();
    const trace = await reader.trace(id);
    if (trace === undefined) throw notFound(new QueryError('no-trace'));
    yield* chunks(trace);
  }

  async function* findTraces({ query }: SearchRequest): AsyncGenerator<Uint8Array> {
    if (query === null) throw new CallError(status.INVALID_ARGUMENT, 'missing query');
    await check();
    const search = traceSearch(query, query.tags, Number.POSITIVE_INFINITY);
    for await (const trace of reader.findTraces(search)) yield* chunks(trace);
  }

  const service = await loadService('query.proto', NAME);
  server.addService(withRawAnswers(service, ['GetTrace', 'FindTraces']), {
    GetTrace: handlers.serverStream('GetTrace', getTrace),
    FindTraces: handlers.serverStream('FindTraces', findTraces),
    ArchiveTrace: handlers.unary('ArchiveTrace', async ({ traceId }: TraceRequest) => {
      const id = traceIdOf(traceId);
      await check();
      await archiveTrace(sources, id).catch((error: unknown) => {
        throw archiveFailure(error);
      });
      return {};
    }),
    GetServices: handlers.unary('GetServices', async () => {
      await check();
      return { services: await reader.services() };
    }),
    GetOperations: handlers.unary(
      'GetOperations',
      async ({ service: serviceName, spanKind }: OperationsRequest) => {
        await check();
        const operations = knownKinds(await reader.operations({ serviceName }), spanKind);
        const operationNames = [...new Set(operations.map(({ name }) => name))];
        return { operationNames, operations };
      },
    ),
    GetDependencies: handlers.unary('GetDependencies', async (range: TimeRange) => {
      const start = pointInTime(range.startTime);
      const end = pointInTime(range.endTime);
      if (start === undefined || end === undefined)
        throw new CallError(status.INVALID_ARGUMENT, 'StartTime and EndTime must be initialized.');
      await check();
      return { dependencies: await sources.dependencies(end, end - start) };
    }),
  });
  return NAME;
}

function chunks({ spans }: Trace): Generator<Uint8Array> {
  return encodeSpanChunks(spans, CHUNK);
}

/** Jaeger's words. No id is all zeros to it. */
function traceIdOf(bytes: Uint8Array): TraceId {
  const isWhole = bytes.length === 16 || bytes.length === 8 || bytes.length === 0;
  if (!isWhole) {
    const what = 'grpc: failed to unmarshal the received message: invalid length for TraceID';
    throw new CallError(status.INTERNAL, what);
  }
  if (bytes.every((byte) => byte === 0))
    throw new CallError(status.INVALID_ARGUMENT, 'uninitialized TraceID is not allowed');
  return traceIdFromBytes(Buffer.concat([Buffer.alloc(16 - bytes.length), bytes]));
}

function notFound({ message }: QueryError): CallError {
  return new CallError(status.NOT_FOUND, `trace not found: ${message}`);
}

function archiveFailure(error: unknown): unknown {
  if (!(error instanceof QueryError)) return error;
  if (error.code === 'no-trace') return notFound(error);
  return new CallError(status.INTERNAL, `failed to archive trace: ${error.message}`);
}
