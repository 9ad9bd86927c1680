import { captures, recordedRequests, tchannelStream } from '@spoor/fixtures';
import { loadServices } from '@spoor/platform/grpc';
import {
  decodeOtlpProto,
  decodeZipkinV1Json,
  decodeZipkinV1Thrift,
  decodeZipkinV2Json,
  decodeZipkinV2Proto,
} from '@spoor/wire';
import { type Random, seededRandom } from '@spoor/wire/testkit';
import { PROCESS_LAST_BINARY, PROCESS_LAST_BODIES, PROCESS_LAST_COMPACT } from './process-last.ts';
import { getRequest, grpcConnectionBytes, postRequest } from './requests.ts';

/** How bytes get through a door: a datagram, a connection of their own, or as the message of a gRPC method. */
export type Way =
  | { readonly type: 'udp' }
  | {
      readonly type: 'tcp';
      /** Whether the other end keeps the connection when ours says that this was all. */
      readonly isKept?: boolean;
    }
  | { readonly type: 'grpc'; readonly method: string; readonly streams: Streams };

/** Which sides of a gRPC call may send more than one message. */
export interface Streams {
  readonly request: boolean;
  readonly response: boolean;
}

/** A port of the stack, and what is good to send there. */
export interface Door {
  readonly name: string;
  /** Of the ports that the stack logs. */
  readonly port: string;
  readonly way: Way;
  readonly good: readonly Uint8Array[];
  /** Puts a message, good or bad, into what carries it. */
  readonly wrap?: (message: Uint8Array, random: Random) => Uint8Array;
  /** Whether what carries a message is right whatever the message; it is unless told otherwise. */
  readonly wrapsWhole?: boolean;
}

/** Every port and format of all-in-one. */
export async function stackDoors(): Promise<Door[]> {
  const udp = (port: number, name: string, more: readonly Uint8Array[] = []): Door => ({
    name: `UDP ${port}`,
    port: name,
    way: { type: 'udp' },
    good: [...good(port), ...more],
  });
  const grpc14250 = captures(14250).map(({ bytes }) => bytes);
  const grpc4317 = captures(4317).map(({ bytes }) => bytes);
  const postSpans = '/jaeger.api_v2.CollectorService/PostSpans';
  const unary = { request: false, response: false };
  return [
    udp(5775, 'agentZipkin'),
    udp(6831, 'agentCompact', PROCESS_LAST_COMPACT),
    udp(6832, 'agentBinary', PROCESS_LAST_BINARY),
    asked('HTTP 5778', 'agentHttp', [
      '/sampling?service=frontend',
      '/?service=frontend',
      '/baggageRestrictions?service=frontend',
    ]),
    {
      name: 'TChannel 14267',
      port: 'collectorTchannel',
      way: { type: 'tcp' },
      good: [tchannelStream('agent-to-collector').bytes],
    },
    posted('HTTP 14268', 'collectorHttp', '/api/traces', 'application/x-thrift', [
      ...good(14268),
      ...PROCESS_LAST_BODIES,
    ]),
    asked('HTTP 14268, sampling', 'collectorHttp', ['/api/sampling?service=frontend']),
    {
      name: 'gRPC 14250',
      port: 'collectorGrpc',
      way: { type: 'grpc', method: postSpans, streams: unary },
      good: grpc14250,
    },
    ...(await ofService('gRPC 14250', 'collectorGrpc', 'sampling.proto', {
      GetSamplingStrategy: { serviceName: 'frontend' },
    })),
    await connection('HTTP/2 14250', 'collectorGrpc', postSpans, grpc14250[0]),
    ...zipkinDoors(),
    {
      name: 'gRPC 4317',
      port: 'collectorOtlpGrpc',
      way: {
        type: 'grpc',
        method: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
        streams: unary,
      },
      good: grpc4317,
    },
    ...(
      [
        ['proto', 'application/x-protobuf'],
        ['json', 'application/json'],
      ] as const
    ).map(([form, type]) =>
      posted(
        `HTTP 4318, ${form}`,
        'collectorOtlpHttp',
        '/v1/traces',
        type,
        good(4318).filter((bytes) => isRead(decodeOtlpProto, bytes) === (form === 'proto')),
      ),
    ),
    asked(
      'HTTP 16686',
      'queryHttp',
      recordedRequests()
        .filter(({ port, method }) => port === 16686 && method === 'GET')
        .map(({ path }) => path),
    ),
    ...(await queryGrpcDoors()),
    asked('HTTP 14269', 'collectorAdmin', ['/', '/metrics']),
  ];
}

/** The query service's port, with the methods of all of its services. */
async function queryGrpcDoors(): Promise<Door[]> {
  const traceId = Buffer.alloc(16, 1);
  const second = { seconds: 1_795_371_722, nanos: 1000 };
  const range = { startTime: second, endTime: { seconds: 1_795_371_900, nanos: 0 } };
  const search = {
    serviceName: 'frontend',
    operationName: 'GET /orders',
    startTimeMin: range.startTime,
    startTimeMax: range.endTime,
    durationMin: { seconds: 0, nanos: 1000 },
    durationMax: { seconds: 10, nanos: 0 },
    searchDepth: 20,
  };
  const ofV3 = { query: { ...search, attributes: { error: 'true' } } };
  const baseRequest = {
    serviceNames: ['frontend'],
    groupByOperation: true,
    endTime: range.endTime,
    lookback: { seconds: 60, nanos: 0 },
    step: { seconds: 5, nanos: 0 },
    ratePer: { seconds: 60, nanos: 0 },
    spanKinds: ['SPAN_KIND_SERVER', 'SPAN_KIND_CLIENT'],
  };
  const samples = {
    'query.proto': {
      GetTrace: { traceId },
      ArchiveTrace: { traceId },
      FindTraces: { query: { ...search, tags: { error: 'true' } } },
      GetServices: {},
      GetOperations: { service: 'frontend', spanKind: 'server' },
      GetDependencies: range,
    },
    'query-v3.proto': {
      GetTrace: { traceId: traceId.toString('hex'), ...range },
      FindTraces: ofV3,
      FindTraceSummaries: ofV3,
      GetServices: {},
      GetOperations: { service: 'frontend', spanKind: 'server' },
      GetDependencies: range,
    },
    'metrics.proto': {
      GetMinStepDuration: {},
      GetLatencies: { baseRequest, quantile: 0.95 },
      GetCallRates: { baseRequest },
      GetErrorRates: { baseRequest },
    },
    'health.proto': { Check: { service: 'jaeger.api_v2.QueryService' } },
    'reflection.proto': {
      ServerReflectionInfo: { fileContainingSymbol: 'jaeger.api_v3.QueryService' },
    },
  };
  const doors = Object.entries(samples).map(([file, ofFile]) =>
    ofService('gRPC 16685', 'queryGrpc', file, ofFile),
  );
  const method = '/jaeger.api_v2.QueryService/GetTrace';
  const call = await connection('HTTP/2 16685', 'queryGrpc', method, Buffer.from([0x0a, 0x00]));
  return [...(await Promise.all(doors)).flat(), call];
}

/** The port of remote storage, with the methods of its services. */
export function remoteStorageDoors(): Promise<Door[]> {
  const traceId = Buffer.from('00000000000000000000000000000001', 'hex');
  const micros = { seconds: 1_795_371_722, nanos: 1000 };
  const span = {
    traceId,
    spanId: Buffer.from('0000000000000001', 'hex'),
    operationName: 'GET /orders',
    startTime: micros,
    duration: { seconds: 0, nanos: 1000 },
    tags: [{ key: 'http.status_code', vType: 'INT64', vInt64: '200' }],
    process: { serviceName: 'frontend' },
  };
  const query = {
    serviceName: 'frontend',
    operationName: '',
    tags: { error: 'true' },
    startTimeMin: micros,
    startTimeMax: { seconds: 1_795_371_900, nanos: 0 },
    numTraces: 20,
  };
  return ofService('gRPC 17271', 'grpcPort', 'storage.proto', {
    WriteSpan: { span },
    WriteSpanStream: { span },
    GetTrace: { traceId },
    GetServices: {},
    GetOperations: { service: 'frontend', spanKind: 'server' },
    FindTraces: { query },
    FindTraceIDs: { query },
    GetDependencies: { startTime: micros, endTime: micros },
    Capabilities: {},
  });
}

function good(port: number): Uint8Array[] {
  return captures(port).map(({ bytes }) => bytes);
}

function asked(name: string, port: string, paths: readonly string[]): Door {
  const texts = paths.map((path) => Buffer.from(path));
  return {
    name,
    port,
    way: { type: 'tcp' },
    good: texts,
    wrap: getRequest,
    wrapsWhole: false,
  };
}

function posted(
  name: string,
  port: string,
  path: string,
  contentType: string,
  bodies: readonly Uint8Array[],
): Door {
  const wrap = postRequest(path, contentType);
  return { name, port, way: { type: 'tcp' }, good: bodies, wrap };
}

function zipkinDoors(): Door[] {
  const forms = [
    ['v1 JSON', '/api/v1/spans', 'application/json', decodeZipkinV1Json],
    ['v1 Thrift', '/api/v1/spans', 'application/x-thrift', decodeZipkinV1Thrift],
    ['v2 JSON', '/api/v2/spans', 'application/json', decodeZipkinV2Json],
    ['v2 proto', '/api/v2/spans', 'application/x-protobuf', decodeZipkinV2Proto],
  ] as const;
  return forms.map(([form, path, type, decode]) => {
    const bodies = good(9411).filter((bytes) => isRead(decode, bytes));
    return posted(`HTTP 9411, ${form}`, 'collectorZipkin', path, type, bodies);
  });
}

/** What decodes by accident is as good as any other. */
function isRead(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A door for each method of a file of `protos/` that has a sample of its request. */
async function ofService(
  name: string,
  port: string,
  file: string,
  samples: Readonly<Record<string, object>>,
): Promise<Door[]> {
  const methods = Object.values(await loadServices(file)).flatMap(Object.values);
  return methods.flatMap(({ path, requestSerialize, requestStream, responseStream }) => {
    const sample = samples[path.split('/').at(-1)];
    if (sample === undefined) return [];
    const streams = { request: requestStream, response: responseStream };
    // What has no fields has no bytes to change.
    const bytes = requestSerialize(sample);
    const message = bytes.length > 0 ? bytes : Buffer.from([0x0a, 0x00]);
    return [
      {
        name: `${name}, ${path}`,
        port,
        way: { type: 'grpc', method: path, streams },
        good: [message],
      },
    ];
  });
}

/** The bytes of a gRPC connection themselves. */
async function connection(
  name: string,
  port: string,
  method: string,
  message: Uint8Array = seededRandom(1).bytes(100),
): Promise<Door> {
  const bytes = await grpcConnectionBytes(method, message);
  return { name, port, way: { type: 'tcp', isKept: true }, good: [bytes] };
}
