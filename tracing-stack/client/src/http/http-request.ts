import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { ExchangeError } from './exchange-error.ts';

export interface HttpRequest {
  readonly url: string | URL;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | undefined;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
  /** Ends the exchange before its time. */
  readonly signal: AbortSignal;
  /** Whether a process stays alive for the answer. */
  readonly holdsProcess: boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Connections are kept for the next request, and while they are idle they hold no process. */
const AGENTS = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/** Bytes of an answer that are read; strategies of some thousand operations are far below. */
const MAX_REPLY = 8 * 1024 * 1024;

/** One exchange over HTTP or HTTPS; not fetch, whose connections hold the process. Rejects if there is no answer. */
export function httpRequest(request: HttpRequest): Promise<HttpReply> {
  const { method, headers, body, timeout, signal, holdsProcess } = request;
  const url = new URL(request.url);
  const isSecure = url.protocol === 'https:';
  const agent = AGENTS[isSecure ? 'https:' : 'http:'];
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? https : http).request(url, {
      method,
      agent,
      signal,
      headers: { ...headers, ...(body && { 'content-length': body.length }) },
    });
    const late = () =>
      sent.destroy(new ExchangeError('unanswered', `no answer within ${timeout} ms`));
    const timer = setTimeout(late, timeout);
    if (!holdsProcess) timer.unref();
    sent.on('close', () => clearTimeout(timer));
    sent.on('error', reject);
    sent.on('socket', (socket) => (holdsProcess ? socket.ref() : socket.unref()));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_REPLY) chunks.push(chunk);
        else sent.destroy(tooLong());
      });
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}

/** The body of a successful answer. Holds no process. */
export async function getText(url: string, signal: AbortSignal): Promise<string> {
  const timeout = 10_000;
  const request = { url, method: 'GET', signal, timeout, holdsProcess: false } as const;
  const { status, body } = await httpRequest(request);
  if (status >= 200 && status < 300) return body;
  throw new ExchangeError('refused', `HTTP ${status} ${firstLine(body)}`);
}

function tooLong(): ExchangeError {
  return new ExchangeError('too-long', `an answer of more than ${MAX_REPLY} bytes`);
}

/** What an answer says, short enough for a line of a log. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
