import { expect, test, vi } from 'vitest';
import { initTracer } from '../config/init-tracer.ts';
import type { ReporterConfig } from '../config/tracing-config.ts';
import { createCounters } from '../counters.ts';
import { RemoteReporter, type RemoteReporterOptions } from '../reporters/remote-reporter.ts';
import { httpCollector } from '../testkit/http-collector.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { testTracer } from '../testkit/test-tracer.ts';
import { HttpSender, type HttpSenderOptions, retryAfterOf } from './http-sender.ts';
import { BINARY_BODY } from './packet-format.ts';

const sampler = { type: 'const', param: 1 };

/** A tracer over HTTP whose pauses are short. */
function httpTracer(
  port: number,
  sending: Partial<HttpSenderOptions> = {},
  reporting: Partial<RemoteReporterOptions> = {},
) {
  const counters = createCounters();
  const logger = recordingLogger();
  const url = new URL(`http://127.0.0.1:${port}/api/traces?format=jaeger.thrift`);
  const sender = new HttpSender({ url, counters, firstPause: 1, maxPause: 20, ...sending });
  const format = BINARY_BODY;
  const reporter = new RemoteReporter({ sender, format, counters, logger, ...reporting });
  return { ...testTracer({ reporter, counters }), lines: logger.lines };
}

test.each([
  ['a URL with its path', (port: number) => `http://localhost:${port}/api/traces`],
  ['a URL without one', (port: number) => `http://127.0.0.1:${port}`],
  ['an address', (port: number) => `127.0.0.1:${port}`],
  ['a port of this machine', (port: number) => `:${port}`],
])('%s is where spans are posted, in binary Thrift', async (_, endpoint) => {
  await using collector = await httpCollector();
  const reporter = { collectorEndpoint: endpoint(collector.port) };
  const tracer = initTracer({ serviceName: 'over-http', sampler, reporter }, { env: {} });
  tracer.startSpan('first', { tags: { text: '中' } }).finish();
  tracer.startSpan('second').finish();
  await tracer.close();
  expect(collector.requests).toMatchObject([
    {
      method: 'POST',
      url: '/api/traces?format=jaeger.thrift',
      headers: { 'content-type': 'application/x-thrift' },
    },
  ]);
  expect(collector.spans).toMatchObject([
    { operationName: 'first', process: { serviceName: 'over-http' } },
    { operationName: 'second' },
  ]);
  expect(collector.spans[0]?.tags.at(-1)).toEqual({ key: 'text', type: 'string', value: '中' });
  expect(tracer.counters).toMatchObject({ reported: 2, packets: 1, retries: 0 });
});

test.each([
  [{ user: 'ada', password: 'pä:ss' }, 'Basic YWRhOnDDpDpzcw=='],
  [{ username: 'ada', password: 'x', authToken: 'unused' }, 'Basic YWRhOng='],
  [{ authToken: 'secret' }, 'Bearer secret'],
  [{ httpHeaders: { Authorization: 'Own' } }, 'Own'],
  [{}, undefined],
])('%j is the authorization %s', async (settings, authorization) => {
  await using collector = await httpCollector();
  const reporter = { collectorEndpoint: `:${collector.port}`, ...settings } as ReporterConfig;
  const tracer = initTracer({ serviceName: 'x', sampler, reporter }, { env: {} });
  tracer.startSpan('only').finish();
  await tracer.close();
  expect(collector.requests.map(({ headers }) => headers.authorization)).toEqual([authorization]);
});

test('what is refused for the moment, or unanswered, is offered again until it is taken', async () => {
  await using collector = await httpCollector();
  collector.answers.push({ status: 503, headers: { 'retry-after': '0' } }, undefined, {
    status: 429,
  });
  const { tracer, lines } = httpTracer(collector.port);
  tracer.startSpan('patient').finish();
  await tracer.close();
  expect(collector.requests).toHaveLength(4);
  expect(collector.spans).toHaveLength(1);
  expect(tracer.counters).toMatchObject({ reported: 1, retries: 3, droppedUnsent: 0 });
  expect(lines).toEqual([]);
});

test('after so many attempts the spans are dropped, counted and told once; the next are tried', async () => {
  await using collector = await httpCollector();
  const busy = { status: 503, body: 'queue full' };
  collector.answers.push(busy, busy, busy);
  const { tracer, lines } = httpTracer(collector.port, { maxAttempts: 3 }, { flushInterval: 1 });
  tracer.startSpan('lost').finish();
  await vi.waitFor(() => expect(tracer.counters.droppedUnsent).toBe(1), 20_000);
  tracer.startSpan('kept').finish();
  await tracer.close();
  expect(collector.spans).toMatchObject([{ operationName: 'kept' }]);
  expect(tracer.counters).toMatchObject({ reported: 1, retries: 2, droppedUnsent: 1 });
  expect(lines).toEqual([
    `ERROR [client] spans were not sent: the collector at 127.0.0.1:${collector.port} answers 503 queue full; more of this kind is only counted`,
  ]);
});

test('what the collector cannot read is not offered again', async () => {
  await using collector = await httpCollector();
  collector.answers.push({ status: 400, body: 'Unable to process request body: why\nmore' });
  const { tracer, lines } = httpTracer(collector.port);
  tracer.startSpan('odd').finish();
  await tracer.close();
  expect(collector.requests).toHaveLength(1);
  expect(tracer.counters).toMatchObject({ reported: 0, retries: 0, droppedUnsent: 1 });
  expect(lines).toEqual([expect.stringContaining('400 Unable to process request body: why;')]);
});

test('a body that is too large for somebody on the way is halved until it passes', async () => {
  await using collector = await httpCollector();
  collector.answers.push({ status: 413 }, { status: 202 }, { status: 413 });
  const { tracer } = httpTracer(collector.port);
  for (const name of ['a', 'b', 'c', 'd']) tracer.startSpan(name).finish();
  await tracer.close();
  expect(collector.spans.map(({ operationName }) => operationName)).toEqual(['a', 'b', 'c', 'd']);
  expect(collector.requests.map(({ spans }) => spans.length)).toEqual([4, 2, 2, 1, 1]);
});

test('a collector that is away keeps close no longer than it may; the spans are counted', async () => {
  const away = await httpCollector();
  await away[Symbol.asyncDispose]();
  const waits = { firstPause: 60_000, maxPause: 60_000 };
  const limits = { closeTimeout: 1, flushInterval: 1 };
  const { tracer, lines } = httpTracer(away.port, waits, limits);
  tracer.startSpan('lost').finish();
  await vi.waitFor(() => expect(tracer.counters.retries).toBe(1), 20_000);
  await tracer.close();
  expect(tracer.counters).toMatchObject({ reported: 0, retries: 1, droppedUnsent: 1 });
  expect(lines).toEqual([expect.stringMatching(/spans were not sent: .*ECONNREFUSED/)]);
});

test('a collector that asks for an hour is asked again after the longest pause', async () => {
  await using collector = await httpCollector();
  collector.answers.push({ status: 503, headers: { 'retry-after': '3600' } });
  const { tracer } = httpTracer(collector.port, { maxPause: 1 });
  tracer.startSpan('patient').finish();
  await tracer.close();
  expect(tracer.counters).toMatchObject({ reported: 1, retries: 1 });
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['2', 2000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:00:03 GMT', 2000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
])('Retry-After %s is a pause of %s ms', (text, milliseconds) => {
  expect(retryAfterOf(text, 1000)).toBe(milliseconds);
});
