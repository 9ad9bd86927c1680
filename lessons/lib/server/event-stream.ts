import type { IncomingMessage, ServerResponse } from 'node:http';

/** Readers of server-sent events (WHATWG HTML, section 9.2). */
export interface EventStream<Reader> {
  /** Answers a request with events until the reader leaves or `close`. */
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
}

export function eventStream<Reader>({
  heartbeatMs = 15_000,
  retryMs = 1000,
}: EventStreamOptions = {}): EventStream<Reader> {
  const readers = new Map<ServerResponse, Reader>();
  let closed = false;
  const heartbeat = setInterval(() => {
    for (const response of readers.keys()) response.write(':\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  const write = (response: ServerResponse, event: string, data: unknown) =>
    void response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  return {
    open(request, response, reader) {
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
