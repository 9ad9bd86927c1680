import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import type { TextMapReader, TextMapWriter, Tracer } from '@spoor/client';
import { ZERO_SPAN_ID } from '@spoor/model';
import { type Tracer as AnyTracer, FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP } from 'opentracing';
import { expect, test } from 'vitest';
import { BAGGAGE, chains, type Hop, hopOf, makers, spanAt } from './interop-tracers.ts';

type Format = typeof FORMAT_HTTP_HEADERS | typeof FORMAT_TEXT_MAP;

const METHOD = '/spoor.test.Chain/Ask';
const toBytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const fromBytes = (bytes: Buffer) => JSON.parse(bytes.toString()) as unknown;

const writerOf = (metadata: Metadata): TextMapWriter => ({
  set: (key, value) => metadata.set(key, value),
});

const readerOf = (metadata: Metadata): TextMapReader => ({
  foreachKey(handler) {
    for (const [key, value] of Object.entries(metadata.getMap())) handler(key, String(value));
  },
});

/** npm jaeger-client knows plain objects only, and cannot carry on where metadata throws. */
const carry: Record<'ours' | 'npm', (tracer: AnyTracer, format: Format) => Carry> = {
  ours: (tracer, format) => ({
    inject: (span, metadata) => tracer.inject(span, format, writerOf(metadata)),
    extract: (metadata) => tracer.extract(format, readerOf(metadata)),
  }),
  npm: (tracer, format) => ({
    inject(span, metadata) {
      const entries: Record<string, string> = {};
      tracer.inject(span, format, entries);
      for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
    },
    extract: (metadata) => tracer.extract(format, metadata.getMap()),
  }),
};

interface Carry {
  inject(span: Parameters<AnyTracer['inject']>[0], metadata: Metadata): void;
  extract(metadata: Metadata): ReturnType<AnyTracer['extract']>;
}

interface Service {
  readonly kind: 'ours' | 'npm';
  readonly tracer: AnyTracer;
}

function call(port: number, metadata: Metadata): Promise<Hop[]> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise<Hop[]>((resolve, reject) => {
    client.makeUnaryRequest(METHOD, toBytes, fromBytes, {}, metadata, (error, reply) => {
      client.close();
      if (error) reject(error);
      else resolve(reply as Hop[]);
    });
  });
}

/** Starts one server a service, each calling the next, and calls the first. */
async function callChain(services: readonly Service[], format: Format): Promise<Hop[]> {
  const servers: Server[] = [];
  try {
    let next: number | undefined;
    for (const [place, { kind, tracer }] of [...services.entries()].reverse()) {
      const port = next;
      const { inject, extract } = carry[kind](tracer, format);
      const answer = async (metadata: Metadata): Promise<Hop[]> => {
        const span = spanAt(place, tracer, extract(metadata));
        const onwards = new Metadata();
        if (port !== undefined) inject(span, onwards);
        const behind = port === undefined ? [] : await call(port, onwards);
        span.finish();
        return [hopOf(span), ...behind];
      };
      const server = new Server();
      servers.push(server);
      server.addService(
        {
          ask: {
            path: METHOD,
            requestStream: false,
            responseStream: false,
            requestSerialize: toBytes,
            requestDeserialize: fromBytes,
            responseSerialize: toBytes,
            responseDeserialize: fromBytes,
          },
        },
        {
          ask({ metadata }: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>) {
            answer(metadata).then((hops) => reply(null, hops), reply);
          },
        },
      );
      next = await new Promise<number>((resolve, reject) => {
        const plain = ServerCredentials.createInsecure();
        server.bindAsync('127.0.0.1:0', plain, (error, bound) =>
          error ? reject(error) : resolve(bound),
        );
      });
    }
    return await call(next as number, new Metadata());
  } finally {
    for (const server of servers) server.forceShutdown();
  }
}

test.each(chains.flatMap((chain) => [true, false].map((sampled) => ({ chain, sampled }))))(
  '$chain over gRPC metadata are one trace with its baggage, sampled: $sampled',
  async ({ chain, sampled }) => {
    // Whoever comes after the first would decide otherwise, were it asked.
    const parts = chain.map((kind, i) => ({ kind, ...makers[kind](i === 0 ? sampled : !sampled) }));
    const hops = await callChain(parts, FORMAT_HTTP_HEADERS);

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

test('as a plain text map, metadata cannot take every value: what cannot go is counted, and the call goes on', async () => {
  const first = makers.ours(true).tracer as Tracer;
  const second = makers.npm(true).tracer;
  const services: Service[] = [
    { kind: 'ours', tracer: first },
    { kind: 'npm', tracer: second },
  ];
  const [caller, called] = await callChain(services, FORMAT_TEXT_MAP);
  expect(called?.context).toMatchObject({
    traceId: caller?.context.traceId,
    parentId: caller?.context.spanId,
  });
  // `from-0` holds characters that no metadata takes.
  expect(called?.baggage).toEqual({ 'from-1': BAGGAGE });
  expect(first.counters.injectErrors).toBe(1);
});
