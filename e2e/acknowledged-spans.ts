import * as grpc from '@grpc/grpc-js';
import type { Span, SpanId, TraceId } from '@spoor/model';
import { encodePostSpansRequest, encodeProtoBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { startProgram } from './program.ts';

const POST_SPANS = '/jaeger.api_v2.CollectorService/PostSpans';
const SPANS_A_BATCH = 10;
const FREE = '127.0.0.1:0';

/** The flags that let a collector take any ports. */
export const COLLECTOR_PORTS = [
  '--collector.grpc-server.host-port',
  FREE,
  '--collector.http-server.host-port',
  FREE,
  '--collector.otlp.grpc.host-port',
  FREE,
  '--collector.otlp.http.host-port',
  FREE,
  '--collector.port',
  '0',
  '--admin.http.host-port',
  FREE,
];

/** Posts batches of new spans to a collector over gRPC, one after the other. */
export class Sender implements Disposable {
  private readonly seed: number;
  private readonly random;
  private readonly client: grpc.Client;

  constructor(port: number, seed: number) {
    this.seed = seed;
    this.random = seededRandom(seed);
    this.client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** The spans that were acknowledged. Rejects with the `ServiceError` of those that were not. */
  async post(): Promise<Span[]> {
    const spans = usualSpans(this.random, SPANS_A_BATCH, `sender-${this.seed}`);
    await this.send(spans);
    return spans;
  }

  /** Resolves once they are acknowledged. */
  send(spans: readonly Span[]): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.client.makeUnaryRequest(
        POST_SPANS,
        (batch: Uint8Array) => Buffer.from(encodePostSpansRequest(batch)),
        (answer: Buffer) => answer,
        encodeProtoBatch(spans),
        (error) => (error ? reject(error) : resolve()),
      );
    });
  }

  [Symbol.dispose](): void {
    this.client.close();
  }
}

/**
 * Looks for spans by a query service of its own on a store: how many are not there, and how many more than once. Asked for
 * raw traces, it shows what is stored twice.
 */
export async function lookFor(
  spans: readonly { readonly traceId: TraceId; readonly spanId: SpanId }[],
  store: readonly string[],
): Promise<{ missing: number; twice: number }> {
  await using query = await startProgram(
    'query',
    'port',
    ...['--query.http-server.host-port', FREE, '--query.grpc-server.host-port', FREE],
    ...['--admin.http.host-port', FREE],
    ...store,
  );
  let missing = 0;
  let twice = 0;
  for (const traceId of new Set(spans.map((span) => span.traceId))) {
    const answer = await fetch(`http://127.0.0.1:${query.port}/api/traces/${traceId}?raw=true`);
    // No trace of this id is 404; what is neither must not count as missing spans.
    if (!answer.ok && answer.status !== 404) throw new Error(await answer.text());
    const { data } = (await answer.json()) as { data: [{ spans: { spanID: string }[] }] | null };
    const found = new Map<string, number>();
    for (const { spanID } of data?.[0].spans ?? []) found.set(spanID, (found.get(spanID) ?? 0) + 1);
    for (const span of spans) {
      if (span.traceId !== traceId) continue;
      const count = found.get(span.spanId) ?? 0;
      if (count === 0) missing++;
      if (count > 1) twice++;
    }
  }
  return { missing, twice };
}
