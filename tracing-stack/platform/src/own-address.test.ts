import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { isOwnAddress } from './own-address.ts';

const interfaces = Object.values(networkInterfaces()).flatMap((found) => found ?? []);

test.each<[asked: string, own: string, isOwn: boolean]>([
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.1', '', true],
  ['localhost', '127.0.0.1', true],
  ['localhost', '', true],
  ['0.0.0.0', '127.0.0.1', true],
  ['::', '127.0.0.1', true],
  ['127.0.0.1', '0.0.0.0', true],
  ['127.0.0.1', '::', true],
  ['127.0.0.1', 'localhost', true],
  ['127.0.0.2', '', true],
  ...interfaces.map(({ address }): [string, string, boolean] => [address, '', true]),
  ...interfaces.map(({ address }): [string, string, boolean] => [address, address, true]),
  ['::ffff:127.0.0.1', '127.0.0.1', true],
  ['::ffff:7f00:1', '127.0.0.1', true],
  ['127.0.0.1', '::ffff:7f00:1', true],
  ['::ffff:7f00:2', '127.0.0.1', false],
  ['127.0.0.2', '127.0.0.1', false],
  ['192.0.2.1', '', false],
  ['nobody.invalid', '', false],
])('who asks %s comes to what listens on "%s": %s', async (asked, own, isOwn) => {
  const at = (host: string, port: number) => ({ host, port });
  expect(await isOwnAddress(at(asked, 17271), at(own, 17271))).toBe(isOwn);
  expect(await isOwnAddress(at(asked, 17272), at(own, 17271))).toBe(false);
});
