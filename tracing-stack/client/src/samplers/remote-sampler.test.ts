import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createCounters } from '../counters.ts';
import { handClock } from '../testkit/hand-clock.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { probabilisticSampler } from './probabilistic-sampler.ts';
import { type FetchText, RemoteSampler, type RemoteSamplerOptions } from './remote-sampler.ts';

/** A sampler that starts with nothing, and gets these answers one by one; an error stands for no answer. */
function remoteSampler(
  answers: (object | string | Error)[],
  options: Partial<RemoteSamplerOptions> = {},
) {
  const counters = createCounters();
  const logger = recordingLogger();
  const asked: string[] = [];
  const fetch: FetchText = async (url) => {
    asked.push(url);
    const answer = answers.shift() ?? new Error('nobody there');
    if (answer instanceof Error) throw answer;
    return typeof answer === 'string' ? answer : JSON.stringify(answer);
  };
  const sampler = new RemoteSampler({
    serviceName: 'a b&c',
    url: 'http://127.0.0.1:5778/sampling',
    initial: probabilisticSampler(0),
    counters,
    logger,
    fetch,
    clock: handClock(),
    ...options,
  });
  return { sampler, counters, lines: logger.lines, asked };
}

const decide = (sampler: RemoteSampler, operation = 'op', id = '7fffffffffffffff') => {
  const { sampled, tags } = sampler.sample(id, operation);
  return sampled ? tags.map((tag) => tag.value) : undefined;
};

const probabilistic = (samplingRate?: number) => ({
  strategyType: 'PROBABILISTIC',
  probabilisticSampling: { samplingRate },
});

test('it asks for its service, and obeys one answer after the other', async () => {
  const { sampler, counters, asked } = remoteSampler([probabilistic(1), probabilistic(0)]);
  expect(decide(sampler)).toBeUndefined();
  await sampler.refresh();
  expect(decide(sampler)).toEqual(['probabilistic', 1]);
  await sampler.refresh();
  expect(decide(sampler)).toBeUndefined();
  expect(asked[0]).toBe('http://127.0.0.1:5778/sampling?service=a+b%26c');
  expect(counters).toMatchObject({ samplerUpdates: 2, samplerFailures: 0 });
});

test.each([
  ['probabilistic', probabilistic(1), ['probabilistic', 1]],
  ['probabilistic, its zero left out', probabilistic(), undefined],
  [
    'rate limiting',
    { strategyType: 1, rateLimitingSampling: { maxTracesPerSecond: 3 } },
    ['ratelimiting', 3],
  ],
  [
    'per operation, beside which the other is for older clients',
    {
      ...probabilistic(0),
      operationSampling: {
        defaultSamplingProbability: 0,
        defaultLowerBoundTracesPerSecond: 0,
        perOperationStrategies: [
          { operation: 'op', probabilisticSampling: { samplingRate: 1 } },
          { operation: 'other', probabilisticSampling: { samplingRate: 0 } },
        ],
      },
    },
    ['probabilistic', 1],
  ],
])('an answer that is %s is understood', async (_, answer, decision) => {
  const { sampler } = remoteSampler([answer]);
  await sampler.refresh();
  expect(decide(sampler)).toEqual(decision);
});

test('a rate limit that is said again gives no new credits', async () => {
  const limit = { strategyType: 1, rateLimitingSampling: { maxTracesPerSecond: 1 } };
  const { sampler } = remoteSampler([limit, limit]);
  await sampler.refresh();
  expect(decide(sampler)).toEqual(['ratelimiting', 1]);
  await sampler.refresh();
  expect(decide(sampler)).toBeUndefined();
});

test.each([
  ['no answer', new Error('nobody there'), 'nobody there'],
  ['no JSON', 'sorry', 'JSON'],
  ['no object', '7', 'the answer is no object'],
  ['no strategy', {}, 'no strategy that is known'],
  ['a share that is none', probabilistic(2), 'samplingRate must be from 0 to 1, not 2'],
  [
    'a limit that is none',
    { rateLimitingSampling: { maxTracesPerSecond: '3' } },
    'maxTracesPerSecond must be a number from 0 on, not 3',
  ],
  [
    'operations that are no list',
    { operationSampling: { perOperationStrategies: 1 } },
    'perOperationStrategies is no list',
  ],
])('%s: counted, told once, and the last strategy stays', async (_, answer, reason) => {
  const { sampler, counters, lines } = remoteSampler([probabilistic(1), answer, answer]);
  for (let i = 0; i < 3; i++) await sampler.refresh();
  expect(decide(sampler)).toEqual(['probabilistic', 1]);
  expect(counters).toMatchObject({ samplerUpdates: 1, samplerFailures: 2 });
  expect(lines).toEqual([expect.stringContaining(reason)]);
  expect(lines[0]).toContain('no sampling strategy from http://127.0.0.1:5778/sampling');
});

test('started, it asks at once and then in intervals, until it is closed', async () => {
  vi.useFakeTimers();
  try {
    const answers = Array.from({ length: 9 }, () => probabilistic(1));
    const { sampler, asked } = remoteSampler(answers, { refreshInterval: 500 });
    sampler.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1100);
    expect(asked).toHaveLength(3);
    await sampler.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(3);
    expect(decide(sampler)).toEqual(['probabilistic', 1]);
  } finally {
    vi.useRealTimers();
  }
});

test('closed while it waits for an answer, it neither obeys nor complains', async () => {
  let answer: (text: string) => void = () => {};
  const fetch: FetchText = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const { sampler, counters, lines } = remoteSampler([], { fetch });
  const asked = sampler.refresh();
  await sampler.close();
  answer(JSON.stringify(probabilistic(1)));
  await asked;
  expect(decide(sampler)).toBeUndefined();
  expect(counters).toMatchObject({ samplerUpdates: 0, samplerFailures: 0 });
  expect(lines).toEqual([]);
});

test('over HTTP: an answer is obeyed, an error of the server is told with its words', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    if (asked.length === 1) response.end(JSON.stringify(probabilistic(1)));
    else response.writeHead(500).end('collector error: away\nmore');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/sampling`;
  const { sampler, lines } = remoteSampler([], { url, fetch: undefined });
  await sampler.refresh();
  expect(decide(sampler)).toEqual(['probabilistic', 1]);
  await sampler.refresh();
  expect(lines).toEqual([expect.stringContaining('HTTP 500 collector error: away;')]);
  expect(asked[0]).toBe('/sampling?service=a+b%26c');
  server.close().closeAllConnections();
});
