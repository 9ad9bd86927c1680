/**
 * Calls a learner's `initJaeger` with configurations of its own and says, as one line of JSON on standard output, what
 * the tracers did that came back. Its only argument is the path of the learner's tracing.ts.
 */
import type { Socket } from 'node:dgram';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { timeScale } from '@spoor/client';
import { FORMAT_TEXT_MAP, type Tracer } from 'opentracing';
import {
  DRIVER_LINE,
  type DriverResult,
  type NoPair,
  RATE_LIMIT,
  type RoadResult,
  type SamplerResult,
  TRACES,
} from './driver-result.ts';

type InitJaeger = (service: string, config?: object) => unknown;

const SERVICE = 'hello-jaeger';
const RATE_LIMITED_MS = 3000 * timeScale();
const LOOK_EVERY_MS = 5;
const HEAR_WITHIN_MS = 2000;
/** A sampler that has not asked once by then asks nobody. */
const ASK_WITHIN_MS = 700;
const POST_WITHIN_MS = 1500;
const CLOSE_WITHIN_MS = 1500;

const [file = ''] = process.argv.slice(2);
const { initJaeger } = (await import(pathToFileURL(file).href)) as { initJaeger?: InitJaeger };
if (typeof initJaeger !== 'function') throw new Error('tracing.ts exports no function initJaeger');
const init = initJaeger;

const former = new Set<Tracer>();
const watched = new WeakSet<object>();
let closersCalled = 0;
let tracersClosed = 0;
let noPair: NoPair | undefined;
const own = (await sampled('own', undefined, keptOf))[0] as SamplerResult;
const samplers = Promise.all([
  sampled('const 0', { type: 'const', param: 0 }, keptOf),
  sampled('const 1', { type: 'const', param: 1 }, keptOf),
  sampled('probabilistic 0.1', { type: 'probabilistic', param: 0.1 }, keptOf),
  sampled(`rateLimiting ${RATE_LIMIT}`, { type: 'ratelimiting', param: RATE_LIMIT }, rateLimited),
  remote(),
]);
const result: DriverResult = {
  ...(noPair && { noPair }),
  own,
  samplers: (await samplers).flat(),
  collector: await collector(),
  isIdleCloser: closersCalled > 0 && tracersClosed === 0,
};
process.stdout.write(`\n${DRIVER_LINE}${JSON.stringify(result)}\n`, () => process.exit(0));

/** Of `count` new traces, how many are kept: read off what would travel, which every tracer tells alike. */
function keptOf(tracer: Tracer, count = TRACES): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const carrier: Record<string, string> = {};
    tracer.inject(tracer.startSpan('sampled-or-not'), FORMAT_TEXT_MAP, carrier);
    const flags = Number.parseInt(carrier['uber-trace-id']?.split(':').at(-1) ?? '', 16);
    if (flags & 1) kept++;
  }
  return kept;
}

async function sampled(
  key: string,
  sampler: object | undefined,
  count: (tracer: Tracer) => number | Promise<number>,
): Promise<SamplerResult[]> {
  const began = performance.now();
  let isFormerTracer = false;
  try {
    const kept = await withTracer(sampler && { sampler }, (tracer, isFormer) => {
      isFormerTracer = isFormer;
      return count(tracer);
    });
    return [{ key, kept, seconds: (performance.now() - began) / 1000, isFormerTracer }];
  } catch (error) {
    return [{ key, kept: 0, seconds: 0, error: messageOf(error) }];
  }
}

/** Spread over a while: the limit is one of time. */
async function rateLimited(tracer: Tracer): Promise<number> {
  const began = performance.now();
  const steps = 20;
  let kept = 0;
  for (let step = 1; step <= steps; step++) {
    kept += keptOf(tracer, TRACES / steps);
    await delay(Math.max(0, began + (RATE_LIMITED_MS * step) / steps - performance.now()));
  }
  return kept;
}

/** A server says 0.0, then 1.0, and is obeyed. */
async function remote(): Promise<SamplerResult[]> {
  let rate = 0;
  let questions = 0;
  await using server = await serving((_body) => {
    questions++;
    const strategy = {
      strategyType: 'PROBABILISTIC',
      probabilisticSampling: { samplingRate: rate },
    };
    return JSON.stringify(strategy);
  });
  const heard = async () => {
    // One answer may be on its way; the one after the next question is obeyed.
    const before = questions;
    await until(
      () => questions >= before + 3,
      () => (questions === 0 ? ASK_WITHIN_MS : HEAR_WITHIN_MS),
    );
  };
  const sampler = {
    type: 'remote',
    param: 1,
    hostPort: `127.0.0.1:${server.port}`,
    refreshIntervalMs: 25,
  };
  try {
    return await withTracer({ sampler }, async (tracer) => {
      const results: SamplerResult[] = [];
      for (rate of [0, 1]) {
        await heard();
        const key = `remote, told ${rate.toFixed(1)}`;
        results.push({ key, kept: keptOf(tracer), seconds: 0, isAsking: questions > 0 });
      }
      return results;
    });
  } catch (error) {
    return [{ key: 'remote', kept: 0, seconds: 0, error: messageOf(error) }];
  }
}

/** One span, with a reporter that is told of a collector. */
async function collector(): Promise<RoadResult> {
  let posts = 0;
  let datagrams = 0;
  let isFormerTracer = false;
  await using server = await serving((body) => {
    if (body > 0) posts++;
    return '';
  });
  subscribe('udp.socket', (message) => {
    const { socket } = message as { socket: Socket };
    const send = socket.send;
    socket.send = ((...args: Parameters<typeof send>) => {
      datagrams++;
      return send.apply(socket, args);
    }) as typeof send;
  });
  const reporter = {
    logSpans: true,
    collectorEndpoint: `http://127.0.0.1:${server.port}/api/traces`,
  };
  try {
    await withTracer({ reporter }, (tracer, isFormer) => {
      isFormerTracer = isFormer;
      tracer.startSpan('to-the-collector').finish();
    });
    await until(
      () => posts > 0 || datagrams > 0,
      () => POST_WITHIN_MS,
    );
    const isTagged = posts === 0 && (await takesTags());
    return { posts, datagrams, isFormerTracer, isTagged };
  } catch (error) {
    return { posts, datagrams, isFormerTracer, error: messageOf(error) };
  }
}

/** Whether a setting that initJaeger itself does not make reaches the tracer. Only ours can be asked. */
function takesTags(): Promise<boolean> {
  const [key, value] = ['judge.asked', 'spoor'];
  return withTracer({ tags: { [key]: value } }, (tracer) => {
    const { process } = tracer as { process?: { tags?: readonly { key: string }[] } };
    return process?.tags?.some((tag) => tag.key === key) === true;
  }).catch(() => false);
}

/**
 * Resolves when it is so, or after so many milliseconds in which this process got on: one that was held up for a second
 * has not waited a second for anybody, for all that it waits for happens within it.
 */
async function until(isSo: () => boolean, withinMs: () => number): Promise<void> {
  let waited = 0;
  while (!isSo() && waited <= withinMs()) {
    const began = performance.now();
    await delay(LOOK_EVERY_MS);
    waited += Math.min(performance.now() - began, 2 * LOOK_EVERY_MS);
  }
}

/** `isFormer` says that an earlier call gave the same tracer back. Without a configuration initJaeger is called as most programs do. */
async function withTracer<Result>(
  config: object | undefined,
  use: (tracer: Tracer, isFormer: boolean) => Result | Promise<Result>,
): Promise<Result> {
  const made = (config ? init(SERVICE, config) : init(SERVICE)) as [Tracer, Closable?] | Tracer;
  noPair = noPairOf(made);
  const [tracer, closer] = Array.isArray(made) ? made : [made as Tracer, made as Closable];
  const isFormer = former.has(tracer);
  watchClose(tracer);
  former.add(tracer);
  try {
    return await use(tracer, isFormer);
  } finally {
    if (typeof closer?.close === 'function') closersCalled++;
    await Promise.race([
      Promise.resolve(closer?.close?.()).catch(() => {}),
      delay(CLOSE_WITHIN_MS),
    ]);
  }
}

/** Of every tracer of its class: a closer may well hold the method itself. Those of the first came before. */
function watchClose(tracer: Tracer): void {
  const tracers = Object.getPrototypeOf(tracer ?? {}) as Closable;
  if (watched.has(tracers) || typeof tracers.close !== 'function') return;
  watched.add(tracers);
  const { close } = tracers;
  tracers.close = function (this: unknown, ...args: unknown[]) {
    tracersClosed++;
    return (close as (...args: unknown[]) => unknown).apply(this, args);
  };
}

function noPairOf(made: unknown): NoPair | undefined {
  if (made === undefined || made === null) return 'nothing';
  if (made instanceof Promise) return 'promise';
  const [tracer, closer] = Array.isArray(made) ? made : [made];
  return typeof tracer?.startSpan === 'function' && !closer ? 'tracer alone' : undefined;
}

interface Closable {
  close?(): unknown;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Answers every request with what `answer` gives for a body of so many bytes. */
async function serving(answer: (bytes: number) => string) {
  const server: Server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(answer(bytes));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections();
    },
  };
}
