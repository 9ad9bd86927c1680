import { type KeyValue, type Process, type Span, spanIdFromInt64 } from '@spoor/model';
import type { Random } from './random.ts';

const OPERATIONS = ['GET /orders', 'GET /customer', 'SQL SELECT', 'redis.get', 'HTTP POST'];
const KINDS = ['client', 'server'];

/** Spans as services report them every day, for benchmarks and load: six tags, one log of two fields, one parent. */
export function usualSpans(random: Random, count: number, serviceName = 'frontend'): Span[] {
  const process: Process = {
    serviceName,
    tags: [
      text('jaeger.version', 'Go-2.30.0'),
      text('hostname', 'host-a'),
      text('ip', '127.0.0.1'),
      text('client-uuid', '2576e1c49b232af0'),
    ],
  };
  const start = 1_795_371_722_453_525;
  const spans: Span[] = [];
  for (let i = 0; i < count; i++) {
    const parent = spans[i - (i % 10)];
    const spanId = spanIdFromInt64(random.int64());
    const traceId = parent?.traceId ?? spanId;
    spans.push({
      traceId,
      spanId,
      operationName: random.pick(OPERATIONS),
      references: parent ? [{ refType: 'CHILD_OF', traceId, spanId: parent.spanId }] : [],
      flags: 1,
      startTime: start + 1000 * i,
      duration: random.below(1_000_000),
      tags: [
        text('span.kind', random.pick(KINDS)),
        text('component', 'net/http'),
        text('http.method', 'GET'),
        text('http.url', `http://host-a:8080/orders?customer=${random.below(10_000)}`),
        { key: 'http.status_code', type: 'int64', value: 200n },
        { key: 'sampler.param', type: 'bool', value: true },
      ],
      logs: [
        {
          timestamp: start + 1000 * i,
          fields: [text('event', 'request'), text('value', `customer ${random.below(10_000)}`)],
        },
      ],
      process,
      warnings: [],
    });
  }
  return spans;
}

function text(key: string, value: string): KeyValue {
  return { key, type: 'string', value };
}
