import { createRequire } from 'node:module';
import {
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace as traces,
} from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { JaegerExporter } from '@opentelemetry/exporter-jaeger';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { type AllInOne, type AllInOnePorts, FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { createLogger } from '@spoor/platform';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

// CommonJS without types.
const require = createRequire(import.meta.url);
const zipkin = require('zipkin');
const { HttpLogger } = require('zipkin-transport-http');

/** Milliseconds: long enough for a busy machine. */
const SOON = { timeout: 60_000, interval: 50 };

let stack: AllInOne;
beforeAll(async () => {
  stack = await startAllInOne({
    ports: { ...FREE_PORTS, collectorZipkin: 0 },
    storage: { type: 'memory' },
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
  });
});
afterAll(() => stack.close());

interface Told {
  readonly spans: readonly {
    readonly spanID: string;
    readonly operationName: string;
    readonly references: readonly { readonly refType: string; readonly spanID: string }[];
    readonly tags: readonly {
      readonly key: string;
      readonly type: string;
      readonly value: unknown;
    }[];
    readonly logs: readonly { readonly fields: readonly { key: string; value: unknown }[] }[];
    readonly processID: string;
    readonly duration: number;
  }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** The trace, once so many of its spans are there. */
function traceOf(traceId: string, count: number): Promise<Told> {
  return vi.waitFor(async () => {
    const answer = await fetch(`${stack.queryUrl}/api/traces/${traceId}`);
    expect(answer.status).toBe(200);
    const { data } = (await answer.json()) as { data: [Told] };
    expect(data[0].spans).toHaveLength(count);
    return data[0];
  }, SOON);
}

function spanIn({ spans }: Told, name: string): Told['spans'][number] {
  return spans.find(({ operationName }) => operationName === name) ?? expect.fail(`no ${name}`);
}

function tagsOf(span: Told['spans'][number]): Record<string, unknown> {
  return Object.fromEntries(span.tags.map(({ key, type, value }) => [key, [type, value]]));
}

const local = (port: number | undefined, path = '') => `http://127.0.0.1:${port}${path}`;

/** How each format carries what OpenTelemetry calls an attribute. */
const AS_FLOATS = { count: ['float64', 42], ratio: ['float64', 0.25], yes: ['bool', true] };
const AS_THEY_ARE = { count: ['int64', 42], ratio: ['float64', 0.25], yes: ['bool', true] };
const AS_TEXTS = { count: ['string', '42'], ratio: ['string', '0.25'], yes: ['string', 'true'] };

/** The exporters take the name, but do not export the enumeration of it. */
const GZIP = 'gzip' as never;

interface Case {
  readonly name: string;
  readonly exporter: (ports: AllInOnePorts) => SpanExporter;
  readonly attributes: Readonly<Record<string, readonly unknown[]>>;
  readonly format: string;
}

const CASES: readonly Case[] = [
  {
    name: 'exporter-jaeger over UDP',
    exporter: ({ agentBinary }) => new JaegerExporter({ host: '127.0.0.1', port: agentBinary }),
    attributes: AS_FLOATS,
    format: 'proto',
  },
  {
    name: 'exporter-jaeger over HTTP',
    exporter: ({ collectorHttp }) =>
      new JaegerExporter({ endpoint: local(collectorHttp, '/api/traces') }),
    attributes: AS_FLOATS,
    format: 'jaeger',
  },
  {
    name: 'exporter-zipkin',
    exporter: ({ collectorZipkin }) =>
      new ZipkinExporter({ url: local(collectorZipkin, '/api/v2/spans') }),
    attributes: AS_TEXTS,
    format: 'zipkin',
  },
  {
    name: 'exporter-trace-otlp-http',
    exporter: ({ collectorOtlpHttp }) =>
      new JsonExporter({ url: local(collectorOtlpHttp, '/v1/traces') }),
    attributes: AS_THEY_ARE,
    format: 'otlp',
  },
  {
    name: 'exporter-trace-otlp-http with gzip',
    exporter: ({ collectorOtlpHttp }) =>
      new JsonExporter({ url: local(collectorOtlpHttp, '/v1/traces'), compression: GZIP }),
    attributes: AS_THEY_ARE,
    format: 'otlp',
  },
  {
    name: 'exporter-trace-otlp-proto',
    exporter: ({ collectorOtlpHttp }) =>
      new ProtoExporter({ url: local(collectorOtlpHttp, '/v1/traces') }),
    attributes: AS_THEY_ARE,
    format: 'otlp',
  },
  {
    name: 'exporter-trace-otlp-grpc',
    exporter: ({ collectorOtlpGrpc }) => new GrpcExporter({ url: local(collectorOtlpGrpc) }),
    attributes: AS_THEY_ARE,
    format: 'otlp',
  },
  {
    name: 'exporter-trace-otlp-grpc with gzip',
    exporter: ({ collectorOtlpGrpc }) =>
      new GrpcExporter({ url: local(collectorOtlpGrpc), compression: GZIP }),
    attributes: AS_THEY_ARE,
    format: 'otlp',
  },
];

/** An exporter that tells how each batch went. */
function watched(exporter: SpanExporter, results: ExportResultCode[]): SpanExporter {
  return {
    export(spans: ReadableSpan[], done) {
      exporter.export(spans, (result) => {
        results.push(result.code);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

function provider(serviceName: string, exporter: SpanExporter, maxExportBatchSize = 512) {
  return new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor(exporter, { maxExportBatchSize, maxQueueSize: 8192 })],
  });
}

function startBelow(tracer: Tracer, parent: Span, name: string, startTime: number): Span {
  const options = { kind: SpanKind.CLIENT, startTime };
  return tracer.startSpan(name, options, traces.setSpan(ROOT_CONTEXT, parent));
}

describe('what OpenTelemetry for JavaScript exports is answered as it was', () => {
  test.each(CASES)('by $name', async ({ name, exporter, attributes, format }) => {
    const results: ExportResultCode[] = [];
    const telemetry = provider(name, watched(exporter(stack.ports), results));
    const tracer = telemetry.getTracer('e2e');
    const start = Date.now();
    const order = tracer.startSpan('order', { kind: SpanKind.SERVER, startTime: start });
    const { traceId, spanId } = order.spanContext();
    const pay = startBelow(tracer, order, 'pay', start + 2);
    pay.setAttributes({ text: 'café 鲍勃', count: 42, ratio: 0.25, yes: true });
    pay.addEvent('retried', { attempt: 2 }, start + 3);
    pay.setStatus({ code: SpanStatusCode.ERROR, message: 'no money' });
    pay.end(start + 5);
    order.end(start + 9);
    await telemetry.forceFlush();
    await telemetry.shutdown();
    expect(results).toEqual([ExportResultCode.SUCCESS]);

    const trace = await traceOf(traceId, 2);
    const [told, top] = [spanIn(trace, 'pay'), spanIn(trace, 'order')];
    expect(told.references).toMatchObject([{ refType: 'CHILD_OF', spanID: spanId }]);
    expect(top).toMatchObject({ spanID: spanId, references: [], duration: 9000 });
    expect(trace.processes[told.processID]?.serviceName).toBe(name);
    expect(tagsOf(told)).toMatchObject({
      ...attributes,
      text: ['string', 'café 鲍勃'],
      'span.kind': ['string', 'client'],
      'internal.span.format': ['string', format],
    });
    expect(JSON.stringify(told.logs)).toContain('retried');
    expect(Object.keys(tagsOf(told))).toContain('error');
  });

  test('in batches of gRPC calls with gzip, as a collector of OpenTelemetry hands on', async () => {
    const results: ExportResultCode[] = [];
    const exporter = new GrpcExporter({
      url: local(stack.ports.collectorOtlpGrpc),
      compression: GZIP,
    });
    const telemetry = provider('batches', watched(exporter, results), 500);
    const tracer = telemetry.getTracer('e2e');
    const root = tracer.startSpan('root');
    for (let i = 1; i < 3000; i++)
      startBelow(tracer, root, `step ${i}`, Date.now()).setAttribute('i', i).end();
    root.end();
    await telemetry.forceFlush();
    await telemetry.shutdown();
    expect(results.length).toBeGreaterThanOrEqual(6);
    expect(new Set(results)).toEqual(new Set([ExportResultCode.SUCCESS]));
    const { spans } = await traceOf(root.spanContext().traceId, 3000);
    expect(new Set(spans.map(({ operationName }) => operationName)).size).toBe(3000);
  });
});

describe("what zipkin-js reports is answered as Zipkin's", () => {
  test.each([
    // Jaeger's collector, too, keeps of the server's address only that there was one.
    { encoding: 'JSON_V1', path: '/api/v1/spans', peer: { sa: ['bool', true] } },
    { encoding: 'JSON_V2', path: '/api/v2/spans', peer: { 'peer.service': ['string', 'bank'] } },
  ])('in $encoding', async ({ encoding, path, peer }) => {
    const logger = new HttpLogger({
      endpoint: local(stack.ports.collectorZipkin, path),
      jsonEncoder: zipkin.jsonEncoder[encoding],
      httpInterval: 50,
    });
    const refused: Error[] = [];
    logger.on('error', (error: Error) => refused.push(error));
    const recorder = new zipkin.BatchRecorder({ logger });
    const tracer = new zipkin.Tracer({
      ctxImpl: new zipkin.ExplicitContext(),
      recorder,
      localServiceName: `shop ${encoding}`,
      localEndpoint: new zipkin.InetAddress('127.0.0.1'),
    });
    const root = tracer.createRootId();
    tracer.scoped(() => {
      tracer.setId(root);
      tracer.recordServiceName(`shop ${encoding}`);
      tracer.recordRpc('order');
      tracer.recordAnnotation(new zipkin.Annotation.ServerRecv());
      tracer.recordBinary('http.path', '/order');
      tracer.recordBinary('error', 'no money');
      tracer.scoped(() => {
        tracer.setId(tracer.createChildId());
        tracer.recordServiceName(`shop ${encoding}`);
        tracer.recordRpc('pay');
        tracer.recordAnnotation(new zipkin.Annotation.ClientSend());
        tracer.recordAnnotation(
          new zipkin.Annotation.ServerAddr({
            serviceName: 'bank',
            host: new zipkin.InetAddress('10.0.0.7'),
            port: 80,
          }),
        );
        tracer.recordMessage('retried');
        tracer.recordAnnotation(new zipkin.Annotation.ClientRecv());
      });
      tracer.recordAnnotation(new zipkin.Annotation.ServerSend());
    });

    const trace = await traceOf(root.traceId, 2);
    expect(refused).toEqual([]);
    const [pay, order] = [spanIn(trace, 'pay'), spanIn(trace, 'order')];
    expect(pay.references).toMatchObject([{ refType: 'CHILD_OF', spanID: root.spanId }]);
    expect(order.spanID).toBe(root.spanId);
    expect(trace.processes[order.processID]?.serviceName).toBe(`shop ${encoding.toLowerCase()}`);
    expect(tagsOf(order)).toMatchObject({
      'http.path': ['string', '/order'],
      'span.kind': ['string', 'server'],
      'internal.span.format': ['string', 'zipkin'],
    });
    expect(tagsOf(pay)).toMatchObject({ 'span.kind': ['string', 'client'], ...peer });
    expect(JSON.stringify(pay.logs)).toContain('retried');
  });
});
