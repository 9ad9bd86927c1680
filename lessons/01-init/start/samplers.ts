// Lesson 1: what the four samplers keep of 2000 traces.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type SamplerConfig, type Tracer, timeScale } from '@spoor/client';
import { initJaeger } from './tracing.ts';

const TRACES = 2000;
const HEAR_WITHIN_MS = 10_000;

/** Starts `count` traces and gives how many of them are kept. */
function kept(tracer: Tracer, count: number): number {
  let sampled = 0;
  for (let i = 0; i < count; i++) {
    // Decided here, when a trace starts, for all of its spans. Nothing is finished, so nothing is sent.
    if (tracer.startSpan('sampled-or-not').context().isSampled) sampled++;
  }
  return sampled;
}

/** A tracer that keeps what `sampler` says, for as long as `use` takes. */
async function withSampler<Result>(
  sampler: SamplerConfig,
  use: (tracer: Tracer) => Result | Promise<Result>,
): Promise<Result> {
  const [tracer, closer] = initJaeger('hello-jaeger', { sampler, reporter: {} });
  try {
    return await use(tracer);
  } finally {
    await closer.close();
  }
}

/** All or nothing. */
export async function constant(): Promise<string[]> {
  const [none, all] = [
    await withSampler({ type: 'const', param: 0 }, (tracer) => kept(tracer, TRACES)),
    await withSampler({ type: 'const', param: 1 }, (tracer) => kept(tracer, TRACES)),
  ];
  return [`const 0: ${none} kept`, `const 1: ${all} kept`];
}

/** One in ten on average, by chance: no two runs are alike. */
export async function probabilistic(): Promise<string> {
  const sampler = { type: 'probabilistic', param: 0.1 };
  const sampled = await withSampler(sampler, (tracer) => kept(tracer, TRACES));
  return `probabilistic 0.1: ${sampled} kept, about ${TRACES * 0.1} expected`;
}

/** So many a second, however many there are: of traces, not of spans. */
export async function rateLimiting(): Promise<string> {
  return withSampler({ type: 'rateLimiting', param: 2 }, async (tracer) => {
    const [began, duration, steps] = [performance.now(), 3000 * timeScale(), 100];
    let sampled = 0;
    for (let step = 1; step <= steps; step++) {
      sampled += kept(tracer, TRACES / steps);
      // Spread evenly; a machine that was late catches up.
      await delay(Math.max(0, began + (duration * step) / steps - performance.now()));
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return `rateLimiting 2: ${sampled} kept in ${seconds} s`;
  });
}

/** As a server says, and anew when it says otherwise. */
export async function remote(): Promise<string[]> {
  await using server = await samplingServer();
  const { url: samplingServerURL } = server;
  const sampler = { type: 'remote', param: 1, samplingServerURL, samplingRefreshInterval: 20 };
  // Awaited, or the server would be gone before it is asked.
  return await withSampler(sampler, async (tracer) => {
    const lines: string[] = [];
    for (const rate of [0, 1]) {
      server.say(rate);
      await heard(tracer);
      lines.push(`remote, told ${rate.toFixed(1)}: ${kept(tracer, TRACES)} kept`);
    }
    return lines;
  });
}

/** Resolves when an answer has come to a question that was not yet asked: one may be on its way. */
async function heard(tracer: Tracer): Promise<void> {
  const before = tracer.counters.samplerUpdates;
  const deadline = performance.now() + HEAR_WITHIN_MS;
  while (tracer.counters.samplerUpdates < before + 2) {
    if (performance.now() > deadline) throw new Error('the sampler failed to hear of its server');
    await delay(5);
  }
}

/** Says how to sample, as jaeger-agent does on port 5778: here to all services alike. */
async function samplingServer() {
  let samplingRate = 0;
  const server = createServer((_request, response) => {
    const strategy = { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(strategy));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sampling`,
    say(rate: number) {
      samplingRate = rate;
    },
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections();
    },
  };
}
