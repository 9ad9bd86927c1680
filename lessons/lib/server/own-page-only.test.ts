import { expect, test } from 'vitest';
import { whyForeign, whyRemote } from './own-page-only.ts';

test.each([
  ['localhost:16686', undefined],
  ['LOCALHOST:16686', undefined],
  ['127.0.0.1:16686', undefined],
  ['127.8.9.1', undefined],
  ['[::1]:16686', undefined],
  ['localhost:80', undefined],
  ['localhost:16686', 'http://localhost:16686'],
  ['localhost', 'http://localhost'],
  ['192.168.0.7:16686', 'http://192.168.0.7:16686'],
])('Host %s with Origin %s may ask', (host, origin) => {
  expect(whyForeign({ headers: { host, ...(origin && { origin }) } })).toBeUndefined();
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['evil.example:16686', undefined],
  ['evil.example', 'http://evil.example'],
  ['localhost.evil.example', undefined],
  ['127.0.0.1.evil.example', undefined],
  ['a@localhost', undefined],
  ['localhost/path', undefined],
  ['localhost:16686', 'http://evil.example'],
  ['localhost:16686', 'http://localhost:8080'],
  ['localhost:16686', 'http://127.0.0.1:16686'],
  ['localhost:16686', 'null'],
  ['localhost:16686', 'https://localhost:16686'],
  ['localhost', 'https://localhost'],
  ['192.168.0.7:16686', 'http://evil.example'],
])('Host %s with Origin %s is refused', (host, origin) => {
  const headers = { ...(host !== undefined && { host }), ...(origin && { origin }) };
  expect(whyForeign({ headers })).toMatch(/^(?:Host|Origin) /);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.8.7', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.168.0.7', false],
  ['::ffff:192.168.0.7', false],
  ['127.0.0.1.evil.example', false],
  ['fe80::1', false],
  [undefined, false],
])('who asks from %s may have programs run: %s', (address, may) => {
  expect(whyRemote(address) === undefined).toBe(may);
});
