import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZERO_SPAN_ID } from '@spoor/model';
import { type Tracer as AnyTracer, FORMAT_BINARY, FORMAT_HTTP_HEADERS } from 'opentracing';
import { expect, test } from 'vitest';
import { BAGGAGE, chains, type Hop, hopOf, makers, spanAt } from './interop-tracers.ts';

/** Answers a request with what this service saw, followed by what those behind it saw. */
async function answer(
  tracer: AnyTracer,
  place: number,
  next: string | undefined,
  request: IncomingHttpHeaders,
): Promise<Hop[]> {
  const span = spanAt(place, tracer, tracer.extract(FORMAT_HTTP_HEADERS, request));
  const headers = {};
  tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
  const behind = next ? ((await (await fetch(next, { headers })).json()) as Hop[]) : [];
  span.finish();
  return [hopOf(span), ...behind];
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

/** Recorded from jaeger-client-go 2.30.0; npm jaeger-client writes and reads nothing in a binary carrier. */
const FROM_GO = Buffer.from(
  '000000000000000001da0ad60e574b6e4c9da616d3b4428d01da0ad60e574b6e01000000010000000674656e616e740000000d61206220e4b8ad203130302025',
  'hex',
);

test("a trace of Go's client in a binary carrier goes on in ours, and from there in npm's, and back", () => {
  const ours = makers.ours(false).tracer;
  const npm = makers.npm(false).tracer;
  const fromGo = ours.extract(FORMAT_BINARY, { buffer: FROM_GO });
  const headers = {};
  const span = spanAt(0, ours, fromGo);
  ours.inject(span, FORMAT_HTTP_HEADERS, headers);
  const next = spanAt(1, npm, npm.extract(FORMAT_HTTP_HEADERS, headers));
  expect(next.getBaggageItem('tenant')).toBe('a b 中 100 %');
  const { spanId } = hopOf(span).context;
  const traceId = '01da0ad60e574b6e';
  expect(hopOf(next)).toMatchObject({
    context: { traceId, parentId: spanId, flags: 1 },
    baggage: { 'from-0': BAGGAGE, 'from-1': BAGGAGE },
  });
  const back = {};
  npm.inject(next, FORMAT_HTTP_HEADERS, back);
  const carrier: { buffer?: Uint8Array } = {};
  const last = ours.extract(FORMAT_HTTP_HEADERS, back);
  ours.inject(last as NonNullable<typeof last>, FORMAT_BINARY, carrier);
  const bytes = Buffer.from(carrier.buffer ?? []);
  expect(bytes.subarray(0, 16)).toEqual(FROM_GO.subarray(0, 16));
  // The item that began in Go, byte for byte.
  expect(bytes.includes(FROM_GO.subarray(37))).toBe(true);
});
