import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { Connection } from './connection.ts';
import { answeringServer } from './testing/answering-server.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const UNAVAILABLE = { name: 'StorageError', code: 'unavailable' };

async function connected() {
  const waiting = new Map<string, ServerResponse>();
  const url = await answeringServer((_, response, { url: path = '' }) => {
    waiting.set(path, response);
  });
  const connection = await Connection.of({ serverUrls: [url] });
  const ask = (path: string, timeoutMs?: number) =>
    connection.request({ method: 'GET', path, ...(timeoutMs && { timeoutMs }) });
  return { connection, waiting, ask };
}

it('a request whose time is over leaves the others alone', async () => {
  const { connection, waiting, ask } = await connected();
  const patient = ask('/patient');
  await expect(ask('/impatient', 50)).rejects.toMatchObject(UNAVAILABLE);
  await vi.waitFor(() => expect(waiting.has('/patient')).toBe(true), SOON);
  waiting.get('/patient')?.end('{"answered":true}');
  expect(await patient).toEqual({ answered: true });
  await connection.close();
});

describe('with the sniffer', () => {
  /** A cluster of two that wants a password, of which one answers all but `/lost`; and what each was asked. */
  async function cluster() {
    const asked: string[][] = [[], []];
    const urls: string[] = [];
    for (const [i, paths] of asked.entries()) {
      const url = await answeringServer((_, response, { url: path = '', headers }) => {
        paths.push(path);
        if (headers.authorization !== `Basic ${btoa('somebody:secret')}`) {
          response.writeHead(401).end('{}');
        } else if (path === '/lost') response.destroy();
        else if (path.startsWith('/_nodes')) {
          const nodes = Object.fromEntries(
            urls.map((one) => [one, { http: { publish_address: new URL(one).host } }]),
          );
          response.end(JSON.stringify({ nodes }));
        } else response.end(`{"server":${i}}`);
      });
      urls.push(url);
    }
    return { urls, asked };
  }

  it('the others of a cluster are asked too, which takes the password', async () => {
    const { urls, asked } = await cluster();
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const connection = await Connection.of({
      serverUrls: urls.slice(0, 1),
      username: 'somebody',
      password: 'secret',
      sniffer: true,
      logger,
    });
    const get = (path: string) => connection.request({ method: 'GET', path });
    await vi.waitFor(async () => {
      await get('/any');
      expect(asked[1]).toContain('/any');
    }, SOON);
    const count = () => asked.flat().filter((path) => path.startsWith('/_nodes')).length;
    expect(count()).toBe(1);
    await expect(get('/lost')).rejects.toMatchObject(UNAVAILABLE);
    await get('/any');
    await vi.waitFor(() => expect(count()).toBe(2), SOON);
    expect(warn).not.toHaveBeenCalled();
    await connection.close();
  });

  it('that may not ask for them, it says so and goes on', async () => {
    const url = await answeringServer((_, response, { url: path = '' }) => {
      response.writeHead(path.startsWith('/_nodes') ? 403 : 200).end('{}');
    });
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const connection = await Connection.of({ serverUrls: [url], sniffer: true, logger });
    expect(await connection.request({ method: 'GET', path: '/any' })).toEqual({});
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), SOON);
    await connection.close();
  });
});

it('closing breaks off what is under way, and refuses what comes then', async () => {
  const { connection, waiting, ask } = await connected();
  const refused = expect(ask('/hung')).rejects.toMatchObject({ code: 'closed' });
  await vi.waitFor(() => expect(waiting.has('/hung')).toBe(true), SOON);
  await connection.close(new AbortController().signal);
  await refused;
  await expect(ask('/late')).rejects.toMatchObject({ code: 'closed' });
});
