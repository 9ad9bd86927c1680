import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService } from './service-process.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function started(source: string) {
  const file = join(directory, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, source);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const lines: string[] = [];
  const env = { PORT: String(port) };
  const onLine = (line: string) => lines.push(line);
  return { service: startService({ name: 'hello', file, port, env, onLine }), lines };
}

const LISTEN = `import net from 'node:net'; net.createServer().listen(process.env.PORT, '127.0.0.1');`;

describe.concurrent('a service', () => {
  test('is listening once its port takes connections, and stops when told', async () => {
    const { service, lines } = await started(`${LISTEN} console.log('one'); console.error('two');`);
    await service.listening();
    await service.stop();
    expect(lines.sort()).toEqual(['one', 'two']);
    expect(() => process.kill(service.pid ?? 0, 0)).toThrow('ESRCH');
  });

  test.each([
    ['a crash', `throw new TypeError('no such thing');`, 'exit code 1: TypeError: no such thing.'],
    ['an exit', `console.error('just a log'); process.exit(3);`, 'exit code 3.'],
    ['a signal', `process.kill(process.pid, 'SIGKILL');`, 'signal SIGKILL.'],
  ])('that ends by %s is told in one line', async (_what, source, how) => {
    const { service } = await started(source);
    await expect(service.listening()).rejects.toThrow(`hello stopped by itself with ${how}`);
  });

  test('that found its port taken says by whom', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const file = join(directory, 'late.mjs');
    await writeFile(file, LISTEN);
    const env = { PORT: String(port) };
    try {
      const { died } = startService({ name: 'late', file, port, env, onLine: () => {} });
      await expect(died).rejects.toThrow(`:${port} is held by pid ${process.pid} (`);
    } finally {
      holder.close();
    }
  });

  test('that ignores SIGTERM can be killed', async () => {
    const { service } = await started(`process.on('SIGTERM', () => {}); ${LISTEN}`);
    await service.listening();
    const stopped = service.stop();
    service.kill();
    await stopped;
    expect(() => process.kill(service.pid ?? 0, 0)).toThrow('ESRCH');
  });
});
