import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-remote-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A port that nobody has now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function startStorage(port: number) {
  const at = `127.0.0.1:${port}`;
  const where = ['--embedded.directory', directory];
  return startProgram('remote-storage', 'grpcPort', '--grpc.host-port', at, ...where, ...ADMIN);
}

async function health(adminPort: number): Promise<{ status: number; reason?: string }> {
  const answer = await fetch(`http://127.0.0.1:${adminPort}/`);
  const { reason } = (await answer.json()) as { reason?: string };
  return { status: answer.status, ...(reason !== undefined && { reason }) };
}

/** Posts one span, and returns the answer's status and the trace. */
async function post(httpPort: number, seed: number): Promise<{ status: number; traceId: string }> {
  const [span] = usualSpans(seededRandom(seed), 1, 'remote');
  if (span === undefined) throw new Error('no span');
  const { status } = await fetch(`http://127.0.0.1:${httpPort}/api/traces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-thrift' },
    body: encodeBinaryBatch(span.process, [span]),
  });
  return { status, traceId: span.traceId };
}

const eventually = { timeout: 20_000, interval: 50 };

test('collector and query stay up without their storage, say so, and take it when it comes and comes again', async () => {
  const port = await freePort();
  const grpc = ['--span-storage.type=grpc', `--grpc-storage.server=127.0.0.1:${port}`];
  await using collector = await startProgram(
    'collector',
    'httpPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0'],
    ...[...ADMIN, ...grpc],
  );
  await using query = await startProgram(
    'query',
    'port',
    ...[
      '--query.http-server.host-port',
      FREE,
      '--query.grpc-server.host-port',
      FREE,
      ...ADMIN,
      ...grpc,
    ],
  );
  const admins = [collector.logged('adminPort'), query.logged('adminPort')];
  const traces = async (id: string) =>
    (await fetch(`http://127.0.0.1:${query.port}/api/traces/${id}`)).status;

  const away = { status: 503, reason: expect.stringContaining(`127.0.0.1:${port}`) };
  // A program serves its first port before its last, and says until then that it is starting.
  for (const admin of admins)
    await vi.waitFor(async () => expect(await health(admin)).toEqual(away), eventually);
  expect((await post(collector.port, 1)).status).toBe(503);
  expect(await traces('1')).toBe(503);

  const stored: string[] = [];
  for (const round of [1, 2]) {
    const storage = await startStorage(port);
    for (const admin of admins)
      await vi.waitFor(
        async () => expect(await health(admin)).toEqual({ status: 200 }),
        eventually,
      );
    const { status, traceId } = await post(collector.port, round);
    expect(status).toBe(202);
    stored.push(traceId);
    for (const id of stored) expect(await traces(id)).toBe(200);
    await storage.kill();
    for (const admin of admins)
      await vi.waitFor(async () => expect(await health(admin)).toEqual(away), eventually);
    expect((await post(collector.port, 3)).status).toBe(503);
    expect(await traces(traceId)).toBe(503);
  }
});
