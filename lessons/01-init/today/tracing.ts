// Lesson 1 with OpenTelemetry: the same two choices, a sampler and an exporter.
import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-node';

/** Makes the tracers of a service. What it gives back must be shut down at the end, or what waits is lost. */
export function initTracing(service: string): NodeTracerProvider {
  // Without this a collector that is not there is not mentioned.
  diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.ERROR });
  const provider = new NodeTracerProvider({
    // The process of Jaeger's spans is called resource.
    resource: resourceFromAttributes({ 'service.name': service }),
    // const 1, for whatever has no parent. `TraceIdRatioBasedSampler` is probabilistic; rateLimiting has no heir here.
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    // To a collector, by OTLP over HTTP: port 4318, or where OTEL_EXPORTER_OTLP_ENDPOINT says.
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  // The global tracer, a context in an AsyncLocalStorage, and W3C's headers, all at once.
  provider.register();
  return provider;
}
