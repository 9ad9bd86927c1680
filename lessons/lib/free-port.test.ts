import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isFree, requireFreePort } from './free-port.ts';

test.each(['127.0.0.1', '0.0.0.0'])('a port held on %s is told with its holder', async (host) => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await isFree(port)).toBe(false);
  await expect(requireFreePort(port, () => 'Stop it.')).rejects.toThrow(
    new RegExp(`^:${port} is held by pid ${process.pid} \\(.+\\)\\. Stop it\\.$`),
  );
  server.close();
  await once(server, 'close');
  expect(await isFree(port)).toBe(true);
  await requireFreePort(port, () => 'Stop it.');
});

test('a UDP port is free if nobody has it bound', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  expect(await isFree(port, 'udp')).toBe(false);
  socket.close();
  await once(socket, 'close');
  expect(await isFree(port, 'udp')).toBe(true);
});
