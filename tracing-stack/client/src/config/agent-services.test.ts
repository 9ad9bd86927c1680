import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { InMemoryReporter } from '../reporters/in-memory-reporter.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { initTracer } from './init-tracer.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = { timeout: 20_000 };

test('a configured tracer asks the agent for restrictions and credits, and ends with its close', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url.split('&uuid')[0] ?? '');
    if (url.startsWith('/baggageRestrictions')) response.end('[]');
    else response.end('{"balances":[{"operation":"work","balance":10}]}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tracer = initTracer(
    {
      ServiceName: 'shop',
      Sampler: { Type: 'const', Param: 0 },
      BaggageRestrictions: { HostPort: hostPort, DenyBaggageOnInitializationFailure: true },
      Throttler: { HostPort: hostPort, RefreshInterval: '10ms' },
    },
    { reporter: new InMemoryReporter(), logger: recordingLogger(), env: {} },
  );
  const span = tracer.startSpan('work').setTag('sampling.priority', 1);
  expect(span.context().flags).toBe(0);
  expect(span.setBaggageItem('a', 'b').getBaggageItem('a')).toBeUndefined();
  await vi.waitFor(() => {
    expect(tracer.startSpan('work').setTag('sampling.priority', 1).context().flags).toBe(3);
  }, SOON);
  await vi.waitFor(() => expect(tracer.counters.baggageUpdates).toBe(1), SOON);
  await tracer.close();
  expect(asked).toContain('/baggageRestrictions?service=shop');
  expect(asked).toContain('/credits?service=shop');
  server.close().closeAllConnections();
});

test('without their sections nobody is asked, and everything may be', () => {
  const tracer = initTracer(
    { serviceName: 'shop', sampler: { type: 'const', param: 0 } },
    { reporter: new InMemoryReporter(), logger: recordingLogger(), env: {} },
  );
  const span = tracer.startSpan('work').setTag('sampling.priority', 1).setBaggageItem('a', 'b');
  expect(span.context().flags).toBe(3);
  expect(span.getBaggageItem('a')).toBe('b');
});
