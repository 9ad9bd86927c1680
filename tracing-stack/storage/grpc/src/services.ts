import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { loadServices } from '@spoor/platform/grpc';

export type Method = MethodDefinition<object, object>;

/** The methods that are called, by where they are defined. Messages that hold spans stay bytes. */
export async function loadMethods() {
  const [jaeger, spoor, health] = await Promise.all(
    ['storage.proto', 'spoor-storage.proto', 'health.proto'].map(loadServices),
  );
  const jaegerMethod = (name: string, method: string) =>
    methodOf(jaeger, `jaeger.storage.v1.${name}`, method);
  const ours = (method: string) => methodOf(spoor, 'spoor.storage.v1.SpanStore', method);
  const dependencies = (method: string) =>
    methodOf(spoor, 'spoor.storage.v1.DependencyStore', method);
  const sampling = (method: string) => methodOf(spoor, 'spoor.storage.v1.SamplingStore', method);
  return {
    writeSpan: rawRequest(jaegerMethod('SpanWriterPlugin', 'WriteSpan')),
    writeSpanStream: rawRequest(jaegerMethod('StreamingSpanWriterPlugin', 'WriteSpanStream')),
    capabilities: jaegerMethod('PluginCapabilities', 'Capabilities'),
    getServices: jaegerMethod('SpanReaderPlugin', 'GetServices'),
    getOperations: jaegerMethod('SpanReaderPlugin', 'GetOperations'),
    getTrace: rawAnswer(jaegerMethod('SpanReaderPlugin', 'GetTrace')),
    findTraces: rawAnswer(jaegerMethod('SpanReaderPlugin', 'FindTraces')),
    findTraceIds: jaegerMethod('SpanReaderPlugin', 'FindTraceIDs'),
    writeArchiveSpan: rawRequest(jaegerMethod('ArchiveSpanWriterPlugin', 'WriteArchiveSpan')),
    getArchiveTrace: rawAnswer(jaegerMethod('ArchiveSpanReaderPlugin', 'GetArchiveTrace')),
    getDependencies: jaegerMethod('DependenciesReaderPlugin', 'GetDependencies'),
    health: methodOf(health, 'grpc.health.v1.Health', 'Check'),
    own: {
      check: ours('Check'),
      writeBatch: ours('WriteBatch'),
      findTraces: rawAnswer(ours('FindTraces')),
      findTraceIds: ours('FindTraceIds'),
      arrivals: ours('Arrivals'),
    },
    writeLinks: dependencies('WriteLinks'),
    sampling: {
      addThroughput: sampling('AddThroughput'),
      getThroughput: sampling('GetThroughput'),
      saveProbabilities: sampling('SaveProbabilities'),
      getProbabilities: sampling('GetProbabilities'),
      takeLease: sampling('TakeLease'),
    },
  };
}

export type Methods = Awaited<ReturnType<typeof loadMethods>>;

function methodOf(
  services: Readonly<Record<string, ServiceDefinition>> | undefined,
  service: string,
  name: string,
): Method {
  const method = services?.[service]?.[name];
  if (method === undefined) throw new Error(`${service} has no ${name}`);
  return method;
}

function rawRequest(method: Method): Method {
  return { ...method, requestSerialize: (bytes) => bytes as Buffer };
}

function rawAnswer(method: Method): Method {
  return { ...method, responseDeserialize: (bytes) => bytes };
}
