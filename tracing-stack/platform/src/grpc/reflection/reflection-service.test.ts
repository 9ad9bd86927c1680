import {
  Client,
  type ClientDuplexStream,
  credentials,
  Server,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeGrpcServer, listenGrpc } from '../grpc-listener.ts';
import { loadService } from '../load-services.ts';
import { addReflectionService } from './reflection-service.ts';

const COLLECTOR = 'jaeger.api_v2.CollectorService';
const REFLECTION = 'grpc.reflection.v1.ServerReflection';

let server: Server;
let client: Client;
let definition: ServiceDefinition;

beforeAll(async () => {
  server = new Server();
  const files = ['collector.proto', 'query.proto', 'query-v3.proto'];
  await addReflectionService(server, files, [COLLECTOR]);
  const port = await listenGrpc(server, {
    component: 'test',
    host: '127.0.0.1',
    port: 0,
    flag: '',
  });
  client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  definition = await loadService('reflection.proto', REFLECTION);
});

afterAll(async () => {
  client.close();
  await closeGrpcServer(server, AbortSignal.timeout(100));
});

/** What the server answers to these questions, in one stream. */
async function ask(version: string, ...questions: object[]): Promise<Record<string, unknown>[]> {
  const method = definition['ServerReflectionInfo'];
  if (method === undefined) throw new Error('no such method');
  const call = client.makeBidiStreamRequest(
    method.path.replace('.v1.', `.${version}.`),
    method.requestSerialize,
    method.responseDeserialize,
  ) as ClientDuplexStream<object, Record<string, unknown>>;
  for (const question of questions) call.write(question);
  call.end();
  const answers: Record<string, unknown>[] = [];
  for await (const answer of call) answers.push(answer as Record<string, unknown>);
  return answers;
}

function filesIn(answer: Record<string, unknown> | undefined): Uint8Array[] {
  const response = answer?.['fileDescriptorResponse'] as { fileDescriptorProto?: Uint8Array[] };
  return response.fileDescriptorProto ?? [];
}

/** What protobufjs has with its descriptors, and its types do not know. */
function rootOf(file: object[]): protobuf.Root {
  const { fromDescriptor } = protobuf.Root as unknown as {
    fromDescriptor(set: { file: object[] }): protobuf.Root;
  };
  return fromDescriptor({ file });
}

describe.each(['v1', 'v1alpha'])('a client that has no .proto files and speaks %s', (version) => {
  it('is told the services', async () => {
    expect(await ask(version, { listServices: '' })).toMatchObject([
      { listServicesResponse: { service: [{ name: REFLECTION }, { name: COLLECTOR }] } },
    ]);
  });

  it.each([
    COLLECTOR,
    `${COLLECTOR}.PostSpans`,
    'jaeger.api_v2.PostSpansRequest',
    'jaeger.api_v2.ValueType',
  ])('can call %s with what it is told', async (symbol) => {
    const [answer] = await ask(version, { fileContainingSymbol: symbol });
    const file = filesIn(answer).map((bytes) => descriptor.FileDescriptorProto.decode(bytes));
    const root = rootOf(file).resolveAll();
    expect(root.lookupService(COLLECTOR).methods['PostSpans']?.resolvedRequestType?.fullName).toBe(
      '.jaeger.api_v2.PostSpansRequest',
    );
    // Every file says which others it needs, and all of them are there.
    const names = file.map((one) => (one as { name?: string }).name);
    expect(file.flatMap((one) => (one as { dependency?: string[] }).dependency ?? [])).toEqual(
      names.slice(1),
    );
    const [again] = await ask(version, { fileByFilename: names[0] });
    expect(again?.['fileDescriptorResponse']).toEqual(answer?.['fileDescriptorResponse']);
  });

  it('is told fields, maps and reserved numbers as protoc would', async () => {
    const typeNamed = async (name: string) => {
      const [bytes] = filesIn((await ask(version, { fileContainingSymbol: name }))[0]);
      const file = descriptor.FileDescriptorProto.decode(bytes as Uint8Array);
      const { messageType } = file as unknown as { messageType: { name: string }[] };
      return messageType.find((type) => name.endsWith(`.${type.name}`));
    };
    expect(await typeNamed('jaeger.api_v2.TraceQueryParameters')).toMatchObject({
      field: expect.arrayContaining([
        expect.objectContaining({ name: 'service_name', jsonName: 'serviceName' }),
        expect.objectContaining({ name: 'tags', typeName: 'TagsEntry' }),
      ]),
      nestedType: [{ name: 'TagsEntry', options: { mapEntry: true } }],
    });
    const otlp = 'opentelemetry.proto.collector.trace.v1.Status';
    expect(await typeNamed(otlp)).toMatchObject({ reservedRange: [{ start: 1, end: 2 }] });
  });

  it('is told what is not known, and goes on asking', async () => {
    const answers = await ask(
      version,
      { fileContainingSymbol: 'nothing' },
      { fileByFilename: 'nothing.proto' },
      { allExtensionNumbersOfType: 'jaeger.api_v2.Span' },
      { listServices: '' },
    );
    const unknown = { errorResponse: { errorCode: status.NOT_FOUND } };
    expect(answers).toMatchObject([unknown, unknown, unknown, { listServicesResponse: {} }]);
  });
});
