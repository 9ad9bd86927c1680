import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it came by OTLP, in the terms of the lessons. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly service: unknown;
  /** Its attributes, and its kind and status as the tags that they are in Jaeger. */
  readonly tags: Readonly<Record<string, unknown>>;
  readonly events: readonly string[];
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** opentelemetry-proto, trace/v1, as JSON. Kinds: 2 server, 3 client. Status code 2: error. */
interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly name: string;
        readonly kind: number;
        readonly attributes: readonly OtlpAttribute[];
        readonly events: readonly { readonly name: string }[];
        readonly status: { readonly code?: number };
      }[];
    }[];
  }[];
}

const KINDS: Readonly<Record<number, string>> = { 2: 'server', 3: 'client' };
const ERROR = 2;

/** Takes spans by OTLP over HTTP, as a collector does on port 4318. */
export async function openOtlpReceiver() {
  const spans: ReceivedSpan[] = [];
  const server = createServer(async (request, response) => {
    spans.push(...received(JSON.parse(await bodyOf(request)) as OtlpRequest));
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    spans: spans as readonly ReceivedSpan[],
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function received({ resourceSpans }: OtlpRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = tagsOf(resource.attributes)['service.name'];
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ kind, status, parentSpanId, attributes, events, ...span }) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: parentSpanId || undefined,
        name: span.name,
        service,
        tags: {
          ...tagsOf(attributes),
          ...(kind in KINDS && { 'span.kind': KINDS[kind] }),
          ...(status.code === ERROR && { error: true }),
        },
        events: events.map(({ name }) => name),
      })),
    );
  });
}

function tagsOf(attributes: readonly OtlpAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
