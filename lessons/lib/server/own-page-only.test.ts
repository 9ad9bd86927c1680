import { expect, test } from 'vitest';
import { whyForeign } from './own-page-only.ts';

test.each([
  ['localhost:16686', undefined],
  ['LOCALHOST:16686', undefined],
  ['127.0.0.1:16686', undefined],
  ['127.8.9.1', undefined],
  ['[::1]:16686', undefined],
  ['localhost:80', undefined],
  ['localhost:16686', 'http://localhost:16686'],
  ['localhost', 'http://localhost'],
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
  ['192.168.0.7:16686', undefined],
  ['localhost:16686', 'http://evil.example'],
  ['localhost:16686', 'http://localhost:8080'],
  ['localhost:16686', 'http://127.0.0.1:16686'],
  ['localhost:16686', 'null'],
])('Host %s with Origin %s is refused', (host, origin) => {
  const headers = { ...(host !== undefined && { host }), ...(origin && { origin }) };
  expect(whyForeign({ headers })).toMatch(/^(?:Host|Origin) /);
});
