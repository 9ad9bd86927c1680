// A program as it may be out there: reports a span with what its environment says, and nothing else.
//   node dropin-client.mjs CLIENT SERVICE
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [client, service] = process.argv.slice(2);

const EXPORTERS = {
  'exporter-jaeger': 'JaegerExporter',
  'exporter-zipkin': 'ZipkinExporter',
  'exporter-trace-otlp-http': 'OTLPTraceExporter',
  'exporter-trace-otlp-proto': 'OTLPTraceExporter',
  'exporter-trace-otlp-grpc': 'OTLPTraceExporter',
};

if (client === 'jaeger-client') await jaegerClient();
else await exporter();

/** Goes on until it has been told to sample. */
async function jaegerClient() {
  const { initTracerFromEnv } = require('jaeger-client');
  const tracer = initTracerFromEnv({ serviceName: service }, {});
  for (let isSampled = false; !isSampled; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const span = tracer.startSpan('recipe');
    isSampled = span.context().isSampled();
    span.finish();
  }
  await new Promise((resolve) => tracer.close(resolve));
}

async function exporter() {
  const { BasicTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
  const { resourceFromAttributes } = require('@opentelemetry/resources');
  const Exporter = require(`@opentelemetry/${client}`)[EXPORTERS[client]];
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new SimpleSpanProcessor(new Exporter())],
  });
  provider.getTracer('recipe').startSpan('recipe').end();
  await provider.forceFlush();
  await provider.shutdown();
}
