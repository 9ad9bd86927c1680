import { expect, test } from 'vitest';
import { refuseUnknown } from './known-names.ts';

test('a name that is not there is refused, with those that are', () => {
  const services = ['jaeger-agent', 'jaeger-collector'];
  expect(() => refuseUnknown('service', ['jaeger-collector'], services)).not.toThrow();
  expect(() => refuseUnknown('service', ['jaeger-agent', 'jaeger-colector'], services)).toThrow(
    'no service jaeger-colector in docker-compose.yml; there are jaeger-agent, jaeger-collector',
  );
});
