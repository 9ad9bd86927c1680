import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';

const processes: ChildProcess[] = [];
afterAll(() => {
  for (const child of processes) child.kill('SIGKILL');
});

interface Service {
  readonly url: string;
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

function run(program: string, env: Record<string, string>) {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    // Nobody listens on the discard port: the spans of these tests go nowhere.
    env: { ...process.env, JAEGER_AGENT_PORT: '9', SPOOR_TIME_SCALE: '0.01', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, lines, ended };
}

async function started(program: string, env: Record<string, string>): Promise<Service> {
  const service = run(program, env);
  for (;;) {
    const url = /http:\/\/localhost:\d+/.exec(service.lines.join('\n'))?.[0];
    if (url) return { ...service, url };
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, 10)),
      service.ended.then((code) => {
        throw new Error(`ended with ${code}: ${service.lines.join('\n')}`);
      }),
    ]);
  }
}

const service1 = started('http-service1.ts', { HTTP_SERVICE1_PORT: '0' });
/** The first service, in front of what the test gives it. */
const front = (url: string) =>
  started('http-client.ts', { HTTP_CLIENT_PORT: '0', HTTP_SERVICE1_URL: url });

async function stub(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}/httpService1`;
  return { url, close: () => server.close() };
}

/** Asks until nobody listens there any more. */
async function refusedAt(url: string): Promise<true> {
  for (;;) {
    const refused = await fetch(url).then(
      () => false,
      () => true,
    );
    if (refused) return true;
  }
}

const reports = (lines: readonly string[]) =>
  lines.flatMap((line) => /Reporting span ([0-9a-f:]+)$/.exec(line)?.[1] ?? []);

/** A reply may be here before the lines that were printed ahead of it. */
const PRINTED = { timeout: 10_000 };

async function reported(lines: readonly string[], count: number): Promise<string[]> {
  await vi.waitFor(() => expect(reports(lines)).toHaveLength(count), PRINTED);
  return reports(lines);
}

// Each starts a process or two.
describe.concurrent('the two services', { timeout: 30_000 }, () => {
  test('answer, join into one trace, and say so as the Go programs do', async () => {
    const { url: downstream, lines: downstreamLines } = await service1;
    const client = await front(`${downstream}/httpService1`);
    const answer = await fetch(`${client.url}/http`);
    expect([answer.status, await answer.text()]).toEqual([200, 'Jaeger Http']);
    client.child.kill('SIGTERM');
    expect(await client.ended).toBe(0);

    expect(client.lines[0]).toMatch(
      /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d Initializing logging reporter$/,
    );
    const [call = '', root = ''] = reports(client.lines);
    const [traceId, callId, rootId] = call.split(':');
    expect(root).toBe(`${traceId}:${rootId}:0000000000000000:1`);
    await vi.waitFor(() => {
      const served = reports(downstreamLines).find((report) => report.startsWith(`${traceId}:`));
      expect(served).toMatch(new RegExp(`^${traceId}:[0-9a-f]{16}:${callId}:1$`));
    }, PRINTED);
  });

  test('inject the context of the client span and all baggage; continue a caller’s trace', async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    const downstream = await stub((request, response) => {
      headers = request.headers;
      response.end('Jaeger Http Service1');
    });
    const client = await front(downstream.url);
    const caller = { 'uber-trace-id': 'abc:def:0:1', 'uberctx-who': 'somebody' };
    expect((await fetch(`${client.url}/http`, { headers: caller })).status).toBe(200);
    downstream.close();
    const [call] = await reported(client.lines, 2);
    expect(headers).toMatchObject({
      'uber-trace-id': call,
      'uberctx-baggage': '123456789',
      'uberctx-baggage1': '12345',
      'uberctx-who': 'somebody',
    });
    expect(call).toMatch(/^0*abc:/);
  });

  test.each<[string, RequestListener, RegExp]>([
    [
      'answers 500',
      (_request, response) => response.writeHead(500).end('broken'),
      /^GET http:\/\/localhost:\d+\/httpService1 failed: HTTP 500 broken\n$/,
    ],
    [
      'hangs up',
      (request) => request.socket.destroy(),
      /^GET http:\/\/localhost:\d+\/httpService1 failed: other side closed\n$/,
    ],
  ])('the first answers 502 and lives if the second %s', async (_what, answer, text) => {
    const downstream = await stub(answer);
    const client = await front(downstream.url);
    for (let again = 0; again < 2; again++) {
      const reply = await fetch(`${client.url}/http`);
      expect([reply.status, await reply.text()]).toEqual([502, expect.stringMatching(text)]);
    }
    downstream.close();
    await reported(client.lines, 4);
  });

  test.each(['127.0.0.1', '[::1]'])('are there on %s', async (host) => {
    const { url } = await service1;
    const answer = await fetch(`http://${host}:${new URL(url).port}/httpService1`);
    expect(await answer.text()).toBe('Jaeger Http Service1');
  });

  test('finish the requests under way before they leave', async () => {
    const calls = new EventEmitter();
    const downstream = await stub((_request, response) => calls.emit('call', response));
    const client = await front(downstream.url);
    const called = once(calls, 'call');
    const answer = fetch(`${client.url}/http`);
    const [response] = await called;
    // As a terminal and npm do it: twice.
    client.child.kill('SIGINT');
    client.child.kill('SIGINT');
    await expect(refusedAt(client.url)).resolves.toBe(true);
    response.end('Jaeger Http Service1');
    expect(await (await answer).text()).toBe('Jaeger Http');
    expect(await client.ended).toBe(0);
    expect(reports(client.lines)).toHaveLength(2);
    downstream.close();
  });

  test('a held port is told in one line', async () => {
    const { url } = await service1;
    const { port } = new URL(url);
    const second = run('http-service1.ts', { HTTP_SERVICE1_PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.lines.filter((line) => !line.includes('Initializing'))).toEqual([
      `:${port} is already in use: stop the process that listens there`,
    ]);
  });

  test('a tracer that cannot be made is told in one line', async () => {
    const service = run('http-service1.ts', { JAEGER_AGENT_PORT: 'none' });
    expect(await service.ended).toBe(1);
    expect(service.lines).toEqual([expect.stringMatching(/^ERROR: can't init jaeger: .*'none'/)]);
  });
});
