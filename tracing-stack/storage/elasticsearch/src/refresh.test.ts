import { expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';
import { Refresher } from './refresh.ts';
import { answeringServer } from './testing/answering-server.ts';

it('what was refused is asked for again after a while, and told once', async () => {
  let status = 403;
  let asked = 0;
  const url = await answeringServer((_, response) => {
    asked++;
    response.writeHead(status).end('{}');
  });
  const connection = await Connection.of({ serverUrls: [url] });
  const warn = vi.fn();
  let now = 0;
  const logger = { debug() {}, info() {}, warn, error() {} };
  const refresher = new Refresher(connection, logger, () => now);
  const refresh = () => refresher.refresh(['spans']);
  expect([await refresh(), await refresh()]).toEqual([false, false]);
  expect(asked).toBe(1);
  now += 60_000;
  expect(await refresh()).toBe(false);
  expect(asked).toBe(2);
  expect(warn).toHaveBeenCalledOnce();
  status = 200;
  expect(await refresh()).toBe(false);
  now += 60_000;
  expect([await refresh(), await refresh()]).toEqual([true, true]);
  expect(asked).toBe(4);
  await connection.close();
});
