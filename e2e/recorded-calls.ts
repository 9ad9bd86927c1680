import {
  Client,
  credentials,
  type MethodDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import type { AllInOne } from '@spoor/all-in-one';
import { laterServices, type RecordedCall } from '@spoor/fixtures';
import { loadServices } from '@spoor/platform/grpc';
import { distinct, sorted } from './comparable-answer.ts';

/** How a call was answered. */
export interface CallAnswer {
  readonly messages: readonly Uint8Array[];
  readonly code: number;
  readonly details: string;
}

/** Sends the bytes of a recorded request to where ours answers for it. */
export async function call(stack: AllInOne, recorded: RecordedCall): Promise<CallAnswer> {
  const port = recorded.port === 16685 ? stack.ports.queryGrpc : stack.ports.collectorGrpc;
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  // Also what has one answer comes as a stream of one.
  const stream = client.makeServerStreamRequest(
    recorded.path,
    (request: Uint8Array) => Buffer.from(request),
    (bytes: Buffer) => bytes,
    recorded.request,
  );
  const messages: Buffer[] = [];
  try {
    for await (const message of stream) messages.push(message as Buffer);
    return { messages, code: status.OK, details: '' };
  } catch (error) {
    const { code, details } = error as ServiceError;
    return { messages, code, details };
  } finally {
    client.close();
  }
}

/** All of an answer that must be as it was recorded: what Jaeger gives in random order is sorted. */
export async function comparableCall(path: string, { messages, code, details }: CallAnswer) {
  const { responseDeserialize } = await method(path);
  const read = messages.map((bytes) => responseDeserialize(Buffer.from(bytes)) as Message);
  const chunks = read.map(({ spans }) => spans?.length ?? 0);
  return { code, details, chunks, ...gathered(read) };
}

/** What was recorded, without what Jaeger alone has: services of its own, and spans twice that it had archived. */
export async function expectedCall(recorded: RecordedCall) {
  const said = await comparableCall(recorded.path, recorded);
  const { spans, resourceSpans, services } = said;
  if (services !== undefined)
    return { ...said, services: services.filter((name) => !(String(name) in laterServices)) };
  if (resourceSpans !== undefined)
    return { ...said, resourceSpans: resourceSpans.map((one) => eachScope(one, distinct)) };
  if (spans === undefined) return said;
  const once = distinct(spans);
  return { ...said, spans: once, chunks: chunksOf(once.length) };
}

/** Ten spans a message. */
function chunksOf(spans: number): number[] {
  return Array.from({ length: Math.ceil(spans / 10) }, (_, i) => Math.min(10, spans - i * 10));
}

interface Message {
  readonly spans?: readonly unknown[];
  readonly resourceSpans?: readonly ResourceSpans[];
  readonly services?: readonly unknown[];
}

interface ResourceSpans {
  readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[];
}

function gathered(messages: readonly Message[]): Message & { readonly others?: unknown } {
  const [first] = messages;
  if (first?.spans) return { spans: sorted(messages.flatMap(({ spans = [] }) => spans)) };
  if (first?.resourceSpans) {
    const all = messages.flatMap(({ resourceSpans = [] }) => resourceSpans);
    return { resourceSpans: sorted(all.map((one) => eachScope(one, sorted))) as ResourceSpans[] };
  }
  if (first?.services) return { services: sorted(first.services) };
  return { others: messages.map(sortedLists) };
}

function eachScope(
  resource: ResourceSpans,
  change: (spans: readonly unknown[]) => unknown[],
): ResourceSpans {
  const scopeSpans = resource.scopeSpans.map((scope) => ({ ...scope, spans: change(scope.spans) }));
  return { ...resource, scopeSpans };
}

function sortedLists(message: object): object {
  const entries = Object.entries(message);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Array.isArray(value) ? sorted(value) : value]),
  );
}

/** As the files in `protos/` define it. */
async function method(path: string): Promise<MethodDefinition<object, object>> {
  const [, service = '', name = ''] = path.split('/');
  for (const file of [
    'query.proto',
    'query-v3.proto',
    'metrics.proto',
    'collector.proto',
    'sampling.proto',
  ]) {
    const found = (await loadServices(file))[service]?.[name];
    if (found !== undefined) return found;
  }
  throw new Error(`no .proto file has ${path}`);
}
