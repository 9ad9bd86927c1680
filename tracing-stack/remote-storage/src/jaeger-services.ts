import { type MethodDefinition, type Server, type ServiceDefinition, status } from '@grpc/grpc-js';
import { DependencyLinks } from '@spoor/analysis';
import { traceIdToBytes } from '@spoor/model';
import {
  CallError,
  type CallHandlers,
  loadServices,
  pointInTime,
  type TimeMessage,
} from '@spoor/platform/grpc';
import type { SpanReader } from '@spoor/storage-api';
import { type JaegerQuery, jaegerQuery, traceIdOf } from './jaeger-query.ts';
import { foundChunks, traceChunks } from './span-chunks.ts';
import type { SpanWriting } from './span-writing.ts';

/** What stands behind the services. */
export interface JaegerBackend {
  readonly reader: SpanReader;
  readonly writing: SpanWriting;
}

const PACKAGE = 'jaeger.storage.v1';

/** Adds `jaeger.storage.v1` to a server, and returns the names of its services. */
export async function addJaegerServices(
  server: Server,
  handlers: CallHandlers,
  { reader, writing }: JaegerBackend,
): Promise<string[]> {
  const services = await loadServices('storage.proto');
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
        dependencies: await dependencies(reader, request),
      })),
    },
    ArchiveSpanReaderPlugin: {
      GetArchiveTrace: handlers.serverStream('GetArchiveTrace', noArchive),
    },
    ArchiveSpanWriterPlugin: {
      WriteArchiveSpan: handlers.unary('WriteArchiveSpan', async () => noArchive()),
    },
    PluginCapabilities: {
      Capabilities: handlers.unary('Capabilities', async () => ({
        archiveSpanReader: false,
        archiveSpanWriter: false,
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

/** Reads every trace of the time asked for, one after the other, so that memory does not grow with the store. */
async function dependencies(reader: SpanReader, { startTime, endTime }: TimeRange) {
  const links = new DependencyLinks();
  const ids = await reader.findTraceIds({
    tags: new Map(),
    startTimeMin: Math.ceil(pointInTime(startTime) ?? Number.MIN_SAFE_INTEGER),
    startTimeMax: Math.floor(pointInTime(endTime) ?? Number.MAX_SAFE_INTEGER),
    limit: Number.POSITIVE_INFINITY,
  });
  for (const id of ids) {
    const trace = await reader.trace(id);
    if (trace) links.add(trace);
  }
  return links.all();
}
