import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { LessonError } from '../lesson-error.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { keepBackend } from './backend-keeper.ts';

/** A query service that has every trace that it is asked for. */
function queryService(path: string, response: ServerResponse): void {
  const [, traceID] = /^\/api\/traces\/(\w+)/.exec(path) ?? [];
  const data = traceID ? [{ traceID, spans: [], processes: {} }] : [];
  response.end(JSON.stringify({ data, errors: null }));
}

test('a stranger on the query port is told; once it has left, the backend there is taken', async () => {
  let answer: typeof queryService = (_path, response) => {
    response.end('I am no Jaeger');
  };
  const server = createServer((request, response) => answer(request.url ?? '', response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told: string[] = [];
  const keeper = keepBackend({
    env: {},
    directory: '',
    ports: { ...USUAL_PORTS, queryHttp: (server.address() as AddressInfo).port, agentCompact: 9 },
    lookEveryMs: 5,
    onGone: () => told.push('gone'),
    onFailed: () => told.push('failed'),
    onTaken: () => told.push('taken'),
  });
  try {
    await expect(keeper.current()).rejects.toThrow(LessonError);
    answer = queryService;
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['taken']);
    expect(await keeper.current()).toMatchObject({ found: true });
  } finally {
    await keeper.close();
    server.closeAllConnections();
    server.close();
  }
});
