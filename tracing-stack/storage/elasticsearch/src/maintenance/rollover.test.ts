import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@spoor/platform';
import { expect, it } from 'vitest';
import { Rollover } from './rollover.ts';

/** Answers as an Elasticsearch 8 without any index or policy, and notes what it was asked. */
async function emptyServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('x-elastic-product', 'Elasticsearch');
    response.setHeader('content-type', 'application/json');
    response.statusCode = request.url === '/' ? 200 : 404;
    response.end(JSON.stringify({ version: { number: '8.8.2' } }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

it('init with a life cycle makes nothing while its policy is missing', async () => {
  const server = await emptyServer();
  const rollover = await Rollover.of(
    { serverUrls: [server.url] },
    { prefix: '', archive: false, skipDependencies: false },
    createLogger({ name: 'test', level: 'silent' }),
  );
  const templates = {
    shards: 1,
    replicas: 0,
    useIlm: true,
    ilmPolicy: 'mine',
    priority: { span: 0, service: 0, dependencies: 0 },
  };
  await expect(rollover.init({ templates })).rejects.toThrow('there is no ILM policy mine');
  expect(server.asked).toEqual(['GET /', 'GET /_ilm/policy/mine']);
  await rollover.close();
  server.close();
});
