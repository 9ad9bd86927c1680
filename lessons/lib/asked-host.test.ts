import { expect, test } from 'vitest';
import { urlOf } from './asked-host.ts';

test.each([
  [undefined, 'http://localhost:1/ui'],
  ['127.0.0.1', 'http://localhost:1/ui'],
  ['', 'http://localhost:1/ui'],
  ['0.0.0.0', 'http://localhost:1/ui'],
  ['::', 'http://[::1]:1/ui'],
  ['192.0.2.7', 'http://192.0.2.7:1/ui'],
])('what listens on %j is asked at %s', (host, url) => {
  expect(urlOf(host, 1, '/ui')).toBe(url);
});
