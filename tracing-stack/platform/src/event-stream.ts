import type { IncomingMessage, ServerResponse } from 'node:http';

/** Readers of server-sent events (WHATWG HTML, section 9.2). */
export interface EventStream<Reader> {
  /**
   * Answers a request with events until the reader leaves or `close`; with 503 if there are too many. One that does not
   * read what it is sent is cut off.
   */
  open(request: IncomingMessage, response: ServerResponse, reader: Reader): void;
  /** `data` is asked for once a reader, and sent as JSON. */
  send(event: string, data: (reader: Reader) => unknown): void;
  sendTo(response: ServerResponse, event: string, data: unknown): void;
  /** Ends every answer. */
  close(): void;
}

export interface EventStreamOptions {
  /** Proxies close connections that are silent for a minute. */
  readonly heartbeatMs?: number;
  /** After how long a browser comes back whose connection broke. */
  readonly retryMs?: number;
  readonly maxReaders?: number;
  /** Bytes that may wait for a reader. */
  readonly maxWaiting?: number;
}

export function eventStream<Reader>({
  heartbeatMs = 15_000,
  retryMs = 1000,
  maxReaders = 64,
  maxWaiting = 1 << 20,
}: EventStreamOptions = {}): EventStream<Reader> {
  const readers = new Map<ServerResponse, Reader>();
  let closed = false;
  const heartbeat = setInterval(() => {
    for (const response of readers.keys()) sent(response, ':\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  function sent(response: ServerResponse, text: string): void {
    response.write(text);
    if (response.writableLength > maxWaiting) response.destroy();
  }

  const write = (response: ServerResponse, event: string, data: unknown) =>
    sent(response, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  return {
    open(request, response, reader) {
      if (readers.size >= maxReaders) {
        response.writeHead(503, { 'Content-Type': 'text/plain', 'Retry-After': '10' });
        response.end('too many pages listen\n');
        return;
      }
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        // nginx would keep the events until they fill a page.
        'X-Accel-Buffering': 'no',
      });
      if (request.method === 'HEAD' || closed) {
        response.end();
        return;
      }
      response.write(`retry: ${retryMs}\n\n`);
      readers.set(response, reader);
      response.once('close', () => readers.delete(response));
    },
    send(event, data) {
      for (const [response, reader] of readers) write(response, event, data(reader));
    },
    sendTo: write,
    close() {
      closed = true;
      clearInterval(heartbeat);
      for (const response of readers.keys()) response.end();
    },
  };
}
