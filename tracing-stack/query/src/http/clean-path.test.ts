import { expect, test } from 'vitest';
import { cleanPath } from './clean-path.ts';

// What the router of Jaeger's query makes of them: Go's path.Clean, with a slash at the end kept.
test.each([
  ['/', '/'],
  ['//', '/'],
  ['/api/services', '/api/services'],
  ['/api/services/', '/api/services/'],
  ['//api/services', '/api/services'],
  ['/api//services//', '/api/services/'],
  ['/api/./services', '/api/services'],
  ['/api/x/../services', '/api/services'],
  ['/api/services/.', '/api/services'],
  ['/api/services/..', '/api'],
  ['/../..', '/'],
  ['/jaeger//api/./services', '/jaeger/api/services'],
  ['/.well-known/..x/a..', '/.well-known/..x/a..'],
  ['/api/services/a%2F%2Fb/%2e%2e', '/api/services/a%2F%2Fb/%2e%2e'],
  ['//host.example/', '/host.example/'],
  ['//\\host.example', '/%5Chost.example'],
  ['/a\\b', '/a\\b'],
  ['*', '*'],
  ['', ''],
])('%s is %s', (path, clean) => {
  expect(cleanPath(path)).toBe(clean);
});
