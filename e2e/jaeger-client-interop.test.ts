import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { constSampler, InMemoryReporter, rpcServerOption, Tracer } from '@spoor/client';
import { ZERO_SPAN_ID } from '@spoor/model';
import { parseUberTraceId, type TraceContext } from '@spoor/wire';
import { type Tracer as AnyTracer, FORMAT_HTTP_HEADERS } from 'opentracing';
import { expect, test } from 'vitest';

// CommonJS without types.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

type Maker = (sampled: boolean) => { tracer: AnyTracer; reported: () => number };

const makers: Record<'ours' | 'npm', Maker> = {
  ours(sampled) {
    const reporter = new InMemoryReporter();
    const sampler = constSampler(sampled);
    const tracer = new Tracer({ serviceName: 'ours', sampler, reporter });
    return { tracer, reported: () => reporter.spans.length };
  },
  npm(sampled) {
    const reporter = new jaegerClient.InMemoryReporter();
    const sampler = { type: 'const', param: sampled ? 1 : 0 };
    const tracer = jaegerClient.initTracer({ serviceName: 'npm', sampler }, { reporter });
    return { tracer, reported: () => reporter.spans.length };
  },
};

/** What one service of the chain saw. */
interface Hop {
  readonly context: TraceContext;
  readonly baggage: Record<string, string | undefined>;
}

const BAGGAGE = 'bob 鲍勃 + co, 100 %';

/** Answers a request with what this service saw, followed by what those behind it saw. */
async function answer(
  tracer: AnyTracer,
  place: number,
  next: string | undefined,
  request: IncomingHttpHeaders,
): Promise<Hop[]> {
  const caller = tracer.extract(FORMAT_HTTP_HEADERS, request);
  const span = tracer.startSpan(`hop${place}`, rpcServerOption(caller));
  span.setBaggageItem(`from-${place}`, BAGGAGE);
  const headers = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  const behind = next ? ((await (await fetch(next, { headers })).json()) as Hop[]) : [];
  span.finish();
  const context = parseUberTraceId(String(span.context())) as TraceContext;
  const items = [0, 1, 2, 3].map((i) => [`from-${i}`, span.getBaggageItem(`from-${i}`)]);
  return [{ context, baggage: Object.fromEntries(items) }, ...behind];
}

/** Starts one service a tracer, each calling the next, and asks the first. */
async function askChain(tracers: readonly AnyTracer[]): Promise<Hop[]> {
  const servers: Server[] = [];
  try {
    let next: string | undefined;
    for (const [place, tracer] of [...tracers.entries()].reverse()) {
      const url = next;
      const server = createServer(async ({ headers }, response) => {
        response.end(JSON.stringify(await answer(tracer, place, url, headers)));
      });
      servers.push(server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      next = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
    return (await (await fetch(next as string)).json()) as Hop[];
  } finally {
    for (const server of servers) server.close().closeAllConnections();
  }
}

const chains = [
  ['ours', 'npm'],
  ['npm', 'ours'],
  ['ours', 'npm', 'ours', 'npm'],
  ['npm', 'ours', 'ours', 'npm'],
] as const;

test.each(chains.flatMap((chain) => [true, false].map((sampled) => ({ chain, sampled }))))(
  '$chain over HTTP headers are one trace with its baggage, sampled: $sampled',
  async ({ chain, sampled }) => {
    // Whoever comes after the first would decide otherwise, were it asked.
    const parts = chain.map((kind, i) => makers[kind](i === 0 ? sampled : !sampled));
    const hops = await askChain(parts.map(({ tracer }) => tracer));

    expect(hops).toHaveLength(chain.length);
    hops.forEach(({ context, baggage }, i) => {
      const { traceId, spanId } = hops[i - 1]?.context ?? { ...context, spanId: ZERO_SPAN_ID };
      expect(context).toMatchObject({ traceId, parentId: spanId, flags: sampled ? 1 : 0 });
      const items = hops.slice(0, i + 1).map((_, place) => [`from-${place}`, BAGGAGE]);
      expect(baggage).toEqual(Object.fromEntries(items));
    });
    expect(parts.map(({ reported }) => reported())).toEqual(chain.map(() => (sampled ? 1 : 0)));
  },
);
