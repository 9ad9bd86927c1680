import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { LessonError } from './lesson-error.ts';
import { QueryApiError, queryApi } from './query-api.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server that gives every request the same answer; `undefined`: none, ever. */
async function answering(status: number, body: string | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    if (body !== undefined) response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => void server.close().closeAllConnections() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the services of a query service', () => {
  test.each([
    ['a list', '{"data":["a","b"],"total":2,"errors":null}', ['a', 'b']],
    ['an empty store, in which Jaeger answers null', '{"data":null,"total":0,"errors":null}', []],
  ])('%s', async (_what, body, services) => {
    expect(await queryApi(`${await answering(200, body)}/`).services()).toEqual(services);
  });
});

describe('a trace', () => {
  test('with parent, service, tags and logs in plain form', async () => {
    const reference = { refType: 'CHILD_OF', traceID: 'a1', spanID: '01' };
    const json = {
      traceID: 'a1',
      spans: [
        {
          traceID: 'a1',
          spanID: '02',
          operationName: 'op',
          references: [{ ...reference, traceID: 'other' }, reference],
          startTime: 5,
          duration: 7,
          tags: [
            { key: 'error', type: 'string', value: 'why' },
            { key: 'error', type: 'bool', value: true },
          ],
          logs: [{ timestamp: 6, fields: [{ key: 'event', type: 'string', value: 'e' }] }],
          processID: 'p1',
          warnings: null,
        },
      ],
      processes: {
        p1: { serviceName: 's', tags: [{ key: 'ip', type: 'string', value: '10.0.0.1' }] },
      },
    };
    const query = queryApi(await answering(200, JSON.stringify({ data: [json], errors: null })));
    expect(await query.trace('a1')).toEqual({
      traceId: 'a1',
      spans: [
        {
          spanId: '02',
          parentId: '01',
          parentReference: 'CHILD_OF',
          operationName: 'op',
          serviceName: 's',
          startTime: 5,
          duration: 7,
          hasError: true,
          tags: { error: true },
          earlierTags: [['error', 'why']],
          logs: [{ timestamp: 6, fields: { event: 'e' } }],
          processTags: { ip: '10.0.0.1' },
        },
      ],
    });
    expect(query.traceLink('a1')).toBe(`${query.url}/trace/a1`);
  });

  test('that is not there is undefined', async () => {
    const body = '{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}';
    expect(await queryApi(await answering(404, body)).trace('a1')).toBeUndefined();
  });
});

describe('no query service', () => {
  test.each([
    ['a page', 200, '<h1>hello</h1>', 'not-query', 'GET /api/services: HTTP 200, <h1>hello</h1>'],
    ['JSON of something else', 200, '[1]', 'not-query', 'GET /api/services: HTTP 200, [1]'],
    ['nothing found', 404, '', 'not-query', 'GET /api/services: HTTP 404, -'],
    ['an answer that never comes', 200, undefined, 'timeout', 'timeout'],
  ])('%s', async (_what, status, body, code, reason) => {
    const error = await queryApi(await answering(status, body), 200)
      .services()
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(QueryApiError);
    expect(error).toMatchObject({ code, reason });
  });

  test.each([
    ['that does not end', (_: Socket) => {}, 'timeout', 'timeout'],
    ['that breaks off', (socket: Socket) => socket.destroy(), 'unreachable', 'UND_ERR_SOCKET'],
  ])('an answer %s', async (_what, afterHead, code, reason) => {
    const server = createServer((_request, response) => {
      response.writeHead(200).write('{"data":', () => afterHead(response.socket as Socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => void server.close().closeAllConnections() });
    const { port } = server.address() as AddressInfo;
    const error = await queryApi(`http://127.0.0.1:${port}`, 500)
      .services()
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(QueryApiError);
    expect(error).toMatchObject({ code, reason });
  });

  test('a closed port says so in one word', async () => {
    const url = await answering(200, '');
    for (const server of open.splice(0)) server.close();
    const error = await queryApi(url)
      .services()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'unreachable', reason: 'ECONNREFUSED' });
  });

  test('a query service that cannot answer now is told by its first error', async () => {
    const url = await answering(503, '{"data":null,"errors":[{"code":503,"msg":"starting"}]}\n');
    const error = await queryApi(url)
      .services()
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(LessonError);
    expect(error.message).toBe(`${url}/api/services answered 503: starting`);
  });
});
