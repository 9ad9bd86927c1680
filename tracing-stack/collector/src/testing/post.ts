import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { type Client, type ServiceError, status } from '@grpc/grpc-js';

/** Posts a PostSpansRequest. Resolves with the status that the collector answered. */
export function postGrpc(
  client: Client,
  request: Uint8Array,
): Promise<{ code: string; details: string }> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      '/jaeger.api_v2.CollectorService/PostSpans',
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes) => bytes,
      request,
      (error: ServiceError | null) =>
        resolve({ code: status[error?.code ?? status.OK], details: error?.details ?? '' }),
    );
  });
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Posts a Batch to `/api/traces`, unless `options` say otherwise. */
export async function postHttp(
  port: number,
  body: Uint8Array | undefined,
  options: RequestOptions = {},
): Promise<HttpAnswer> {
  const asked = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/api/traces',
    headers: { 'Content-Type': 'application/x-thrift' },
    ...options,
  });
  asked.end(body);
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const { statusCode, headers } = response;
  return { status: statusCode, headers, body: Buffer.concat(chunks).toString() };
}

/** An agent that keeps its one connection. */
export function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}
