import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Serves what is below `/api/` from one place and all else from another, so that two UIs show the same spans. Gives the
 * address, without a slash at the end. It ends with the program, which it does not keep alive.
 */
export async function startApiProxy(apiUrl: string, uiUrl: string): Promise<string> {
  const server = createServer((asked, answer) => {
    const isApi = (asked.url ?? '/').startsWith('/api/');
    forward(isApi ? apiUrl : uiUrl, asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function forward(to: string, asked: IncomingMessage, answer: ServerResponse): void {
  const url = new URL(asked.url ?? '/', to);
  const { method = 'GET', headers } = asked;
  const forwarded = request(url, { method, headers: { ...headers, host: url.host } });
  forwarded.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  forwarded.on('error', (error) => {
    if (answer.headersSent) answer.destroy(error);
    else answer.writeHead(502).end(error.message);
  });
  answer.once('close', () => forwarded.destroy());
  asked.pipe(forwarded);
}
