import { initJaeger } from './tracing.ts';

const collectorEndpoint = process.env['JAEGER_ENDPOINT'] ?? 'http://localhost:14268/api/traces';

async function main(): Promise<void> {
  await once();
  await once({ reporter: { logSpans: true, collectorEndpoint } });
}

async function once(config = {}): Promise<void> {
  const [tracer, closer] = initJaeger('hello-jaeger', config);
  try {
    const span = tracer.startSpan('first-span', { tags: { 'sampler.note': 'const' } });
    try {
      span.log({ event: 'hello' });
    } finally {
      span.finish();
    }
  } finally {
    await closer.close();
  }
}

main().then(() => process.exit());
