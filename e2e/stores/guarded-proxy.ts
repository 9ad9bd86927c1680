import { readFileSync } from 'node:fs';
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

export interface Guard {
  /** PEM files of the own certificate and its key. */
  readonly cert: string;
  readonly key: string;
  /** Of the certificate that everybody has to show; nobody has to unless given. */
  readonly clientCa?: string;
  /** Whether who says so in `authorization` may come in. */
  admits(authorization: string | undefined): boolean;
}

export interface GuardedProxy extends AsyncDisposable {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
}

/** The servers of the tests ask nobody who he is: this stands before one, speaks TLS, and answers strangers as x-pack does. */
export async function guardedProxy(upstream: string, guard: Guard): Promise<GuardedProxy> {
  const { clientCa, admits } = guard;
  const server = createServer(
    {
      cert: readFileSync(guard.cert),
      key: readFileSync(guard.key),
      ...(clientCa && { ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: true }),
    },
    (request, response) => {
      if (admits(request.headers.authorization)) pass(upstream, request, response);
      else refuse(request, response);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(upstream: string, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = request;
  const asked = ask(`${upstream}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  asked.once('error', () => response.destroy());
  pipeline(request, asked, () => undefined);
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const reason = request.headers.authorization
    ? `unable to authenticate user [somebody] for REST request [${request.url}]`
    : `missing authentication credentials for REST request [${request.url}]`;
  const error = { type: 'security_exception', reason };
  response.writeHead(401, {
    'content-type': 'application/json',
    'x-elastic-product': 'Elasticsearch',
    'www-authenticate': 'Basic realm="security", Bearer realm="security"',
  });
  response.end(JSON.stringify({ error: { root_cause: [error], ...error }, status: 401 }));
}
