import { createRequire } from 'node:module';
import { constSampler, InMemoryReporter, rpcServerOption, Tracer } from '@spoor/client';
import { parseUberTraceId, type TraceContext } from '@spoor/wire';
import type { Tracer as AnyTracer, Span, SpanContext } from 'opentracing';

// CommonJS without types.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

export interface InteropTracer {
  readonly tracer: AnyTracer;
  readonly reported: () => number;
}

/** Our tracer and npm jaeger-client's, which decides for itself as said. */
export const makers: Record<'ours' | 'npm', (sampled: boolean) => InteropTracer> = {
  ours(sampled) {
    const reporter = new InMemoryReporter();
    const sampler = constSampler(sampled);
    // What cannot be carried is counted; these tests look there.
    const logger = { info: () => {}, error: () => {} };
    const tracer = new Tracer({ serviceName: 'ours', sampler, reporter, logger });
    return { tracer, reported: () => reporter.spans.length };
  },
  npm(sampled) {
    const reporter = new jaegerClient.InMemoryReporter();
    const sampler = { type: 'const', param: sampled ? 1 : 0 };
    const tracer = jaegerClient.initTracer({ serviceName: 'npm', sampler }, { reporter });
    return { tracer, reported: () => reporter.spans.length };
  },
};

/** Who comes after whom in a chain of services. */
export const chains = [
  ['ours', 'npm'],
  ['npm', 'ours'],
  ['ours', 'npm', 'ours', 'npm'],
  ['npm', 'ours', 'ours', 'npm'],
] as const;

/** What one service of the chain saw. */
export interface Hop {
  readonly context: TraceContext;
  readonly baggage: Record<string, string | undefined>;
}

/** What is hard to carry. */
export const BAGGAGE = 'bob 鲍勃 + co, 100 %';

/** Starts the span with which the service at `place` answers `caller`, and sets a baggage item of its own. */
export function spanAt(place: number, tracer: AnyTracer, caller: SpanContext | null): Span {
  const span = tracer.startSpan(`hop${place}`, rpcServerOption(caller));
  return span.setBaggageItem(`from-${place}`, BAGGAGE);
}

export function hopOf(span: Span): Hop {
  const context = parseUberTraceId(String(span.context())) as TraceContext;
  const items = [0, 1, 2, 3].map((i) => [`from-${i}`, span.getBaggageItem(`from-${i}`)]);
  return { context, baggage: Object.fromEntries(items) };
}
