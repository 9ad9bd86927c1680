import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CarriedKeys } from './carried-context.ts';

/** A request as it came to the stub. */
export interface StubbedRequest {
  /** Milliseconds since 1970, finely. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: CarriedKeys;
}

/** Answers one request; nothing is sent before it resolves. */
export type StubAnswer = (
  response: ServerResponse,
  request: IncomingMessage,
) => void | Promise<void>;

/** A service that the judge plays, in place of one of the learner's. */
export interface HttpStub {
  /** In the order in which they came. */
  readonly requests: readonly StubbedRequest[];
  answer: StubAnswer;
  close(): Promise<void>;
}

/** Listens on `port` of both loopback addresses: programs say `localhost`. */
export async function openHttpStub(port: number, answer: StubAnswer): Promise<HttpStub> {
  const requests: StubbedRequest[] = [];
  const servers: Server[] = [];
  const stub: HttpStub = {
    requests,
    answer,
    async close() {
      await Promise.all(servers.map(closed));
    },
  };
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((request, response) => {
      requests.push(stubbed(request));
      // Its next request comes over another connection, and so meets whoever listens by then.
      response.setHeader('connection', 'close');
      void stub.answer(response, request);
    });
    server.listen(port, host);
    try {
      await once(server, 'listening');
      servers.push(server);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') continue;
      await stub.close();
      throw error;
    }
  }
  return stub;
}

function stubbed({ method = '', url = '', headersDistinct }: IncomingMessage): StubbedRequest {
  const headers = Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]),
  );
  return {
    at: performance.timeOrigin + performance.now(),
    method,
    path: url,
    headers,
  };
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  const gone = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await gone;
}
