import { createRequire } from 'node:module';
import { CLIENT_VERSION, initTracer } from '@spoor/client';
import { FORMAT_HTTP_HEADERS, followsFrom, type Span, type Tracer } from 'opentracing';

// CommonJS without types.
const require = createRequire(import.meta.url);
const jaegerClient = require('jaeger-client');

/** Who reports, and by which way: to an agent, or to a collector. */
export type ClientName = 'Spoor' | 'jaeger-client';
export type Door = 'udp' | 'http';

/** The versions of the clients by their names. */
export const CLIENTS: Readonly<Record<ClientName, string>> = {
  Spoor: CLIENT_VERSION,
  'jaeger-client': require('jaeger-client/package.json').version,
};

const ENDPOINT = 'http://127.0.0.1:14268/api/traces';

type ClosingTracer = Tracer & { close(done?: () => void): unknown };

/** Traces over HTTP have ids of 128 bits, those over UDP of 64. */
function makeTracer(client: ClientName, door: Door, serviceName: string): ClosingTracer {
  const sampler = { type: 'const', param: 1 };
  const traceId128bit = door === 'http';
  const tags = { region: 'eu', shard: 7 };
  const logger = { info: () => {}, error: (text: string) => console.error(text) };
  if (client === 'Spoor') {
    const reporter = door === 'http' ? { collectorEndpoint: ENDPOINT } : { agentHost: '127.0.0.1' };
    return initTracer({ serviceName, sampler, reporter, tags, traceId128bit }, { env: {}, logger });
  }
  const reporter = door === 'http' ? { collectorEndpoint: ENDPOINT } : { agentHost: '127.0.0.1' };
  return jaegerClient.initTracer(
    { serviceName, sampler, reporter },
    { tags, logger, traceId128bit },
  );
}

/** A trace that a client has reported. */
export interface Reported {
  readonly client: ClientName;
  readonly door: Door;
  readonly traceId: string;
  /** Microseconds since 1970 at which its first span begins. */
  readonly start: number;
}

/** How many spans each trace has. */
export const SPAN_COUNT = 5;

/**
 * Has a client report a trace of two services with a value of each type, logs, both kinds of reference and a parent that
 * never arrives. Resolves when the client has sent it.
 */
export async function report(client: ClientName, door: Door, now = Date.now()): Promise<Reported> {
  const shop = makeTracer(client, door, `shop-${client}-${door}`);
  const bank = makeTracer(client, door, `bank-${client}-${door}`);
  // Both clients take milliseconds.
  const at = (ms: number) => now + ms;
  const server = { 'span.kind': 'server' };
  const order = shop.startSpan('order', { startTime: at(0), tags: server });
  order.log({ event: 'received', items: 3 }, at(1));
  shop.startSpan('prepare', { startTime: at(2), childOf: order, tags: TAGS }).finish(at(5));
  const { context, traceId } = handedOn(shop, order, bank);
  const charge = bank.startSpan('charge', { startTime: at(6), childOf: context, tags: server });
  charge.log({ event: 'error', message: 'no such card', retry: true, score: 1.5 }, at(8));
  charge.setTag('error', true).finish(at(9));
  bank
    .startSpan('mail', { startTime: at(9), references: [followsFrom(charge.context())] })
    .finish(at(10));
  const gone = contextOf(bank, { 'uber-trace-id': `${traceId}:99:0:1` });
  bank.startSpan('orphan', { startTime: at(7), childOf: gone }).finish(at(8));
  order.finish(at(12));
  await Promise.all([closed(shop), closed(bank)]);
  return { client, door, traceId, start: now * 1000 };
}

/** A value of each type, and texts that are hard to carry. */
const TAGS = {
  text: 'café 鲍勃 <b>&',
  empty: '',
  yes: true,
  no: false,
  integer: 42,
  negative: -7,
  float: 0.25,
  'dotted.key.name': 'v',
  json: '{"a":1}',
  binary: Buffer.from([0, 1, 0xfe, 0xff]),
};

/** Carries a span from one service to the next over headers, as the client would. */
function handedOn(from: Tracer, span: Span, to: Tracer) {
  const headers: Record<string, string> = {};
  from.inject(span, FORMAT_HTTP_HEADERS, headers);
  const [traceId = ''] = (headers['uber-trace-id'] ?? '').split(/:|%3A/);
  return { context: contextOf(to, headers), traceId };
}

function contextOf(tracer: Tracer, headers: Readonly<Record<string, string>>) {
  const context = tracer.extract(FORMAT_HTTP_HEADERS, headers);
  if (!context) throw new Error(`nothing extracted from ${JSON.stringify(headers)}`);
  return context;
}

/** Ours gives a promise, npm's calls back. */
async function closed(tracer: ClosingTracer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const closing = tracer.close(resolve);
    if (closing instanceof Promise) closing.then(() => resolve(), reject);
  });
}
