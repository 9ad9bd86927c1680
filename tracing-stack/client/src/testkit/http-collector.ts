import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Span } from '@spoor/model';
import { openBatch } from '@spoor/wire';

/** How the collector answers one request. */
export interface CollectorAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface CollectorRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly spans: readonly Span[];
}

/** Stands where jaeger-collector stands: HTTP, and what came to it. */
export interface HttpCollector extends AsyncDisposable {
  readonly port: number;
  readonly requests: readonly CollectorRequest[];
  /** Every span of a request that was answered with success, in order. */
  readonly spans: readonly Span[];
  /** The answers to the next requests; 202 when there are none left. `undefined`: no answer at all. */
  readonly answers: (CollectorAnswer | undefined)[];
}

export async function httpCollector(): Promise<HttpCollector> {
  const requests: CollectorRequest[] = [];
  const spans: Span[] = [];
  const answers: (CollectorAnswer | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = openBatch('jaeger-thrift-binary', Buffer.concat(chunks)).spans();
    const { method, url, headers } = request;
    requests.push({ method, url, headers, spans: sent });
    const answer = answers.length > 0 ? answers.shift() : { status: 202 };
    if (answer === undefined) {
      request.socket.destroy();
      return;
    }
    if (answer.status < 300) spans.push(...sent);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    spans,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
