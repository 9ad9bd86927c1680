import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseTraceId, type Trace } from '@spoor/model';
import type { SpanReader } from '@spoor/storage-api';
import express from 'express';
import { traceJson } from './old-trace-json.ts';
import { page } from './page.ts';

/** Serves `/api/traces/{id}` and, on every other path, the page. */
export async function startQueryServer(port: number, reader: Pick<SpanReader, 'trace'>) {
  const app = express();
  app.get('/api/traces/:id', async (request, response) => {
    const id = parseTraceId(request.params.id);
    const trace: Trace | undefined = id ? await reader.trace(id) : undefined;
    if (trace)
      response.json({ data: [traceJson(trace)], total: 0, limit: 0, offset: 0, errors: null });
    else response.status(404).json({ data: null, errors: [{ code: 404, msg: 'trace not found' }] });
  });
  app.get(/.*/, (_request, response) => {
    response.type('html').send(page);
  });
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
