import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { bindError, PortHeldError } from './bind-error.ts';
import { listen } from './listen.ts';
import { boundInodes, type PortProtocol, portHolder } from './port-holder.ts';

const host = '127.0.0.1';
const inUse = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });

/** Binds a port and gives it back with what frees it. */
async function hold(protocol: PortProtocol): Promise<{ port: number; free(): Promise<unknown> }> {
  if (protocol === 'tcp') {
    const server = createServer();
    const port = await listen(server, { component: 'test', host, port: 0 });
    return { port, free: () => once(server.close(), 'close') };
  }
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  return { port: socket.address().port, free: () => once(socket.close(), 'close') };
}

describe.each(['tcp', 'udp'] as const)('a held %s port', (protocol) => {
  test('is reported in one line with who holds it and what to do', async () => {
    const { port, free } = await hold(protocol);
    const target = { component: 'agent', host, port, protocol, flag: 'processor.x' };
    const error = await bindError(target, inUse);
    await free();
    expect(error).toBeInstanceOf(PortHeldError);
    expect(error.code).toBe('port-held');
    expect(error.message).not.toContain('\n');
    expect(error.message).toContain(
      `[agent] cannot bind 127.0.0.1:${port}: already in use by pid ${process.pid} (`,
    );
    expect(error.message).toMatch(/; stop it, or choose another port with --processor\.x$/);
  });

  test('has no holder once it is free', async () => {
    const { port, free } = await hold(protocol);
    expect(await portHolder(port, protocol)).toMatchObject({ pid: process.pid });
    await free();
    expect(await portHolder(port, protocol)).toBeUndefined();
    const error = await bindError({ component: 'agent', host, port, protocol }, inUse);
    expect(error.message).toBe(
      `[agent] cannot bind 127.0.0.1:${port}: already in use by another process; stop it`,
    );
  });
});

describe('other reasons are told in words', () => {
  test.each([
    ['EACCES', /^\[query\] cannot bind :80: permission denied/],
    ['EADDRNOTAVAIL', /^\[query\] cannot bind :80: this machine has no such address$/],
    ['ENOTFOUND', /^\[query\] cannot bind :80: no such host$/],
    ['EWHATEVER', /^\[query\] cannot bind :80: failed with EWHATEVER$/],
  ])('%s', async (errno, message) => {
    const target = { component: 'query', host: '', port: 80, protocol: 'tcp' } as const;
    const cause = new Error(`failed with ${errno}`);
    await expect(bindError(target, cause)).resolves.toMatchObject({ code: 'cannot-bind', cause });
    expect((await bindError(target, cause)).message).toMatch(message);
  });
});

test('a server that cannot listen rejects with that line', async () => {
  const { port, free } = await hold('tcp');
  const failure = listen(createServer(), { component: 'query', host, port, flag: 'q' });
  await expect(failure).rejects.toBeInstanceOf(PortHeldError);
  await free();
});

test("the kernel's table is read by port and state", () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:37AA 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1',
    '   1: 0100007F:37AA 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 222 1',
    '   2: 00000000:37AB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1',
  ].join('\n');
  expect(boundInodes(table, 14250, 'tcp')).toEqual(['111']);
  expect(boundInodes(table, 14251, 'tcp')).toEqual(['333']);
  expect(boundInodes(table, 14252, 'tcp')).toEqual([]);
});
