import { type MethodDefinition, type Server, type ServiceDefinition, status } from '@grpc/grpc-js';
import { type Micros, traceIdToBytes } from '@spoor/model';
import {
  CallError,
  type CallHandlers,
  loadServices,
  pointInTime,
  type TimeMessage,
} from '@spoor/platform/grpc';
import type { DependencyLink, SpanStore } from '@spoor/storage-api';
import { dependencyLinks } from '@spoor/storage-api/dependencies';
import { type JaegerQuery, jaegerQuery, traceIdOf } from './jaeger-query.ts';
import { foundChunks, traceChunks } from './span-chunks.ts';
import type { SpanWriting } from './span-writing.ts';

/** What stands behind the services. */
export interface JaegerBackend {
  readonly store: Pick<SpanStore, 'reader' | 'archive' | 'dependencies'>;
  readonly writing: SpanWriting;
  /** Into the store's archive. */
  readonly archiving: SpanWriting | undefined;
  readonly now: () => Micros;
}

const PACKAGE = 'jaeger.storage.v1';

/** Adds `jaeger.storage.v1` to a server, and returns the names of its services. */
export async function addJaegerServices(
  server: Server,
  handlers: CallHandlers,
  { store, writing, archiving, now }: JaegerBackend,
): Promise<string[]> {
  const services = await loadServices('storage.proto');
  const { reader, archive } = store;
  const done = async (work: Promise<void>) => {
    await work;
    return {};
  };
  const implementations = {
    SpanWriterPlugin: {
      WriteSpan: handlers.unary('WriteSpan', async (request: Buffer) =>
        done(writing.write(request)),
      ),
      Close: handlers.unary('Close', async () => ({})),
    },
    StreamingSpanWriterPlugin: {
      WriteSpanStream: handlers.clientStream(
        'WriteSpanStream',
        async (requests: AsyncIterable<Buffer>) => done(writing.writeAll(requests)),
      ),
    },
    SpanReaderPlugin: {
      GetTrace: handlers.serverStream('GetTrace', ({ traceId }: { traceId: Buffer }) =>
        traceChunks(reader, traceIdOf(traceId)),
      ),
      GetServices: handlers.unary('GetServices', async () => ({
        services: await reader.services(),
      })),
      GetOperations: handlers.unary(
        'GetOperations',
        async ({ service, spanKind }: { service: string; spanKind: string }) => ({
          operations: await reader.operations({
            serviceName: service,
            ...(spanKind !== '' && { spanKind }),
          }),
        }),
      ),
      FindTraces: handlers.serverStream('FindTraces', ({ query }: { query: JaegerQuery | null }) =>
        foundChunks(reader, jaegerQuery(query)),
      ),
      FindTraceIDs: handlers.unary(
        'FindTraceIDs',
        async ({ query }: { query: JaegerQuery | null }) => {
          const ids = await reader.findTraceIds(jaegerQuery(query));
          return { traceIds: ids.map(traceIdToBytes) };
        },
      ),
    },
    DependenciesReaderPlugin: {
      GetDependencies: handlers.unary('GetDependencies', async (request: TimeRange) => ({
        dependencies: await links(store, request, now()),
      })),
    },
    ArchiveSpanReaderPlugin: {
      GetArchiveTrace: handlers.serverStream(
        'GetArchiveTrace',
        ({ traceId }: { traceId: Buffer }) =>
          traceChunks(archive?.reader ?? noArchive(), traceIdOf(traceId)),
      ),
    },
    ArchiveSpanWriterPlugin: {
      WriteArchiveSpan: handlers.unary('WriteArchiveSpan', async (request: Buffer) =>
        done((archiving ?? noArchive()).write(request)),
      ),
    },
    PluginCapabilities: {
      Capabilities: handlers.unary('Capabilities', async () => ({
        archiveSpanReader: archive !== undefined,
        archiveSpanWriter: archive !== undefined,
        streamingSpanWriter: true,
      })),
    },
  };
  for (const [name, implementation] of Object.entries(implementations)) {
    const service = services[`${PACKAGE}.${name}`];
    if (service === undefined) throw new Error(`storage.proto has no service ${name}`);
    server.addService(withRawSpans(service), implementation);
  }
  return Object.keys(implementations).map((name) => `${PACKAGE}.${name}`);
}

/** Messages that hold spans stay bytes: their layout is that of a Batch, which our own codec reads and writes. */
function withRawSpans(service: ServiceDefinition): ServiceDefinition {
  const methods = Object.entries(service).map(([name, method]) => [name, withRaw(method)]);
  return Object.fromEntries(methods);
}

function withRaw(method: MethodDefinition<object, object>): MethodDefinition<object, object> {
  const isWrite = /\/Write(Archive)?Span/.test(method.path);
  const isRead = /\/(Get(Archive)?Trace|FindTraces)$/.test(method.path);
  return {
    ...method,
    ...(isWrite && { requestDeserialize: (bytes: Buffer) => bytes }),
    ...(isRead && { responseSerialize: (bytes: object) => bytes as Buffer }),
  };
}

function noArchive(): never {
  throw new CallError(status.UNIMPLEMENTED, 'this store has no archive');
}

interface TimeRange {
  readonly startTime: TimeMessage | null;
  readonly endTime: TimeMessage | null;
}

/** A time that is not given is the beginning of all, or now. */
function links(
  store: JaegerBackend['store'],
  { startTime, endTime }: TimeRange,
  now: Micros,
): Promise<DependencyLink[]> {
  const end = Math.floor(pointInTime(endTime) ?? now);
  return dependencyLinks(store, end, end - Math.ceil(pointInTime(startTime) ?? 0));
}
