import { createRequire } from 'node:module';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  constSampler,
  createCounters,
  RemoteReporter,
  stdLogger,
  Tracer,
  UdpSender,
} from '@spoor/client';
import { FORMAT_HTTP_HEADERS, type Tracer as OpenTracingTracer, type Span } from 'opentracing';

const require = createRequire(import.meta.url);

/** What is asked of each tracer. */
export interface Contestant {
  /** Starts a trace of so many spans, each with tags and a log, and finishes them: a root and its children. */
  trace(spans: number): void;
  /** Hands everything that was finished to the kernel. */
  flush(): Promise<void>;
  inject(carrier: Record<string, string>): void;
  /** Whether a context was found. */
  extract(carrier: Readonly<Record<string, string>>): boolean;
}

export const CONTESTANTS = ['spoor', 'jaeger-client', 'opentelemetry'] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

/** The tracer `name`, which reports to UDP `port` of this machine in the Thrift that it speaks by itself. */
export function contestant(name: ContestantName, port: number): Contestant {
  if (name === 'spoor') return spoor(port);
  return name === 'jaeger-client' ? jaegerClient(port) : openTelemetry(port);
}

function spoor(port: number): Contestant {
  const counters = createCounters();
  const onRefused = () => {
    throw new Error('nobody listens');
  };
  const sender = new UdpSender({ host: '127.0.0.1', port, onRefused });
  const reporter = new RemoteReporter({ sender, counters, logger: stdLogger });
  const sampler = constSampler(true);
  const tracer = new Tracer({ serviceName: 'bench', sampler, reporter, counters });
  return { ...openTracing(tracer), flush: () => reporter.flush() };
}

function jaegerClient(port: number): Contestant {
  const tracer = require('jaeger-client').initTracer({
    serviceName: 'bench',
    sampler: { type: 'const', param: 1 },
    reporter: { agentHost: '127.0.0.1', agentPort: port },
  });
  const flush = () => new Promise<void>((resolve) => tracer._reporter.flush(resolve));
  return { ...openTracing(tracer), flush };
}

/** Both are used in the same way. */
function openTracing(tracer: OpenTracingTracer): Omit<Contestant, 'flush'> {
  const caller = tracer.startSpan('caller');
  const span = (i: number, parent: Span | undefined): Span => {
    const started = tracer.startSpan('GET /orders', {
      ...(parent && { childOf: parent }),
      tags: { 'span.kind': 'client', component: 'net/http' },
    });
    started.setTag('http.url', 'http://host-a:8080/orders?customer=4711');
    started.setTag('http.status_code', 200 + (i % 2));
    started.log({ event: 'response', 'body.size': 1024 });
    return started;
  };
  return {
    trace(spans) {
      const root = span(0, undefined);
      for (let i = 1; i < spans; i++) span(i, root).finish();
      root.finish();
    },
    inject: (carrier) => tracer.inject(caller, FORMAT_HTTP_HEADERS, carrier),
    extract: (carrier) => tracer.extract(FORMAT_HTTP_HEADERS, carrier) !== null,
  };
}

/** With its exporter for jaeger-agent, and W3C's propagator, which is the default of its SDK. */
function openTelemetry(port: number): Contestant {
  const exporter = new JaegerExporter({ host: '127.0.0.1', port });
  const processor = new BatchSpanProcessor(exporter);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bench' }),
    spanProcessors: [processor],
  });
  // As the exporter itself finds it: the package is no dependency of ours.
  const fromExporter = createRequire(require.resolve('@opentelemetry/exporter-jaeger'));
  const { W3CTraceContextPropagator } = fromExporter('@opentelemetry/core');
  propagation.setGlobalPropagator(new W3CTraceContextPropagator() as TextMapPropagator);
  const tracer = provider.getTracer('bench');
  const span = (i: number, parent: typeof ROOT_CONTEXT) => {
    const attributes = { component: 'net/http' };
    const started = tracer.startSpan('GET /orders', { kind: SpanKind.CLIENT, attributes }, parent);
    started.setAttribute('http.url', 'http://host-a:8080/orders?customer=4711');
    started.setAttribute('http.status_code', 200 + (i % 2));
    started.addEvent('response', { 'body.size': 1024 });
    return started;
  };
  const caller = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('caller', {}, ROOT_CONTEXT));
  return {
    trace(spans) {
      const root = span(0, ROOT_CONTEXT);
      const parent = trace.setSpan(ROOT_CONTEXT, root);
      for (let i = 1; i < spans; i++) span(i, parent).end();
      root.end();
    },
    flush: () => processor.forceFlush(),
    inject: (carrier) => propagation.inject(caller, carrier),
    extract: (carrier) =>
      trace.getSpanContext(propagation.extract(context.active(), carrier)) !== undefined,
  };
}
