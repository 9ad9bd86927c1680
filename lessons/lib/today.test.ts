// The lessons' programs as one writes them with OpenTelemetry, run against a collector that the test plays: they must
// leave the trace that the lesson's expected.json describes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ExpectedTrace } from '@spoor/analysis';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { CHECKOUT } from './lesson-manifest.ts';
import { openOtlpReceiver, type ReceivedSpan } from './testing/otlp-receiver.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function run(file: string, env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('lessons', file), ...args], {
    cwd: CHECKOUT,
    env: { ...process.env, SPOOR_TIME_SCALE: '0.01', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  /** Where it listens, once it does. */
  const listening = () =>
    vi.waitFor(
      () => {
        const address = /listening on (?:http:\/\/)?(\S+)/.exec(lines.join('\n'))?.[1];
        if (!address) throw new Error(`does not listen: ${lines.join('\n')}`);
        return address;
      },
      { timeout: 30_000 },
    );
  const stop = async () => {
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  };
  return { lines, ended, listening, stop };
}

/** What the tracer of Jaeger's clients adds by itself has no counterpart. */
const JAEGERS_OWN = /^sampler\./;

/** The trace that is expected, with parents by their place in the list: two spans may have one name. */
function expectedOf(lesson: string) {
  const file = join(CHECKOUT, 'lessons', lesson, 'expected.json');
  const { spans } = JSON.parse(readFileSync(file, 'utf8')) as ExpectedTrace;
  const path = (id: string | null): string => {
    const span = spans.find((each) => each.id === id);
    return span ? `${path(span.parent)}/${span.name}` : '';
  };
  const own = (tags: object) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !JAEGERS_OWN.test(key)));
  return spans
    .map(({ id, service, tags }) => ({ path: path(id), service, tags: own(tags) }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function observedOf(spans: readonly ReceivedSpan[]) {
  const path = (id: string | undefined): string => {
    const span = spans.find(({ spanId }) => spanId === id);
    return span ? `${path(span.parentId)}/${span.name}` : '';
  };
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  return spans
    .map(({ spanId, service, tags }) => ({ path: path(spanId), service, tags }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

const to = (endpoint: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
const eventsOf = (spans: readonly ReceivedSpan[]) => spans.flatMap(({ events }) => events).sort();

describe.concurrent('the trace of the program of today is that of the lesson', () => {
  test.each([
    ['01-init', 'first-span.ts', []],
    ['02-inner', 'inner.ts', ['inner-call', 'service1-call', 'service2-call', 'service2-call']],
  ])('%s', async (lesson, file, events) => {
    await using collector = await openOtlpReceiver();
    const { lines, ended } = run(`${lesson}/today/${file}`, to(collector.endpoint));
    expect(await ended, lines.join('\n')).toBe(0);
    expect(observedOf(collector.spans)).toEqual(expectedOf(lesson));
    expect(eventsOf(collector.spans)).toEqual(events);
  });

  test('03-http', async () => {
    await using collector = await openOtlpReceiver();
    const env = to(collector.endpoint);
    const service1 = run('03-http/today/http-service1.ts', { ...env, HTTP_SERVICE1_PORT: '0' });
    const url = `http://${await service1.listening()}/httpService1`;
    const front = run('03-http/today/http-client.ts', {
      ...env,
      HTTP_CLIENT_PORT: '0',
      HTTP_SERVICE1_URL: url,
    });
    const answer = await fetch(`http://${await front.listening()}/http`);
    expect([answer.status, await answer.text()]).toEqual([200, 'Jaeger Http']);
    await Promise.all([front.stop(), service1.stop()]);
    const expected = expectedOf('03-http');
    for (const { tags } of expected) if (tags['http.url']) tags['http.url'] = url;
    expect(observedOf(collector.spans)).toEqual(expected);
  });

  test('03-http, with the second service away: both spans tell the error', async () => {
    await using collector = await openOtlpReceiver();
    const front = run('03-http/today/http-client.ts', {
      ...to(collector.endpoint),
      HTTP_CLIENT_PORT: '0',
      // Nobody listens on the discard port.
      HTTP_SERVICE1_URL: 'http://127.0.0.1:9/httpService1',
    });
    expect((await fetch(`http://${await front.listening()}/http`)).status).toBe(502);
    await front.stop();
    expect(collector.spans.map(({ tags }) => tags['error'])).toEqual([true, true]);
  });

  test.each([
    ['World', 0, 'server response: Hello World', undefined],
    ['boom', 1, 'client call SayHello() failed: 13 INTERNAL: boom', true],
  ])('04-grpc, greeting %s', async (name, code, line, error) => {
    await using collector = await openOtlpReceiver();
    const env = to(collector.endpoint);
    const server = run('04-grpc/today/greeter.ts', { ...env, GREETER_PORT: '0' });
    const address = { GREETER_ADDRESS: await server.listening() };
    const client = run('04-grpc/today/greeter-client.ts', { ...env, ...address }, name);
    expect(await client.ended).toBe(code);
    expect(client.lines).toContain(line);
    await server.stop();
    const expected = expectedOf('04-grpc').map(({ tags, ...span }) => ({
      ...span,
      tags: { ...tags, ...(error && { error }) },
    }));
    expect(observedOf(collector.spans)).toEqual(expected);
    expect(eventsOf(collector.spans)).toContain('say-hello');
  });
});
