import { expect, it } from 'vitest';
import { ArrivalLog } from './arrival-log.ts';
import { Connection } from './connection.ts';
import { Retries } from './retrying.ts';
import { answeringServer } from './testing/answering-server.ts';

it('an entry whose answer was lost is not stored again', async () => {
  const stored = new Map<string, string[]>();
  const url = await answeringServer((body, response, { url: path = '' }) => {
    const { pathname, searchParams } = new URL(path, 'http://any');
    const bodies = stored.get(pathname) ?? [];
    stored.set(pathname, bodies);
    const isThere = bodies.length > 0 && searchParams.get('op_type') === 'create';
    if (!isThere) bodies.push(body);
    if (isThere) response.writeHead(409).end('{}');
    else if (bodies.length === 1) response.destroy();
    else response.writeHead(200).end('{}');
  });
  const connection = await Connection.of({ serverUrls: [url] });
  const options = { retries: new Retries(), clock: () => 5, timeoutMs: 5000 };
  const log = new ArrivalLog(connection, 'spoor-arrival', options);
  await log.add({ id: 'batch', runs: [{ index: 'spans', first: 0, count: 2 }] });
  expect([...stored.values()].map((bodies) => bodies.length)).toEqual([1]);
  await connection.close();
});
