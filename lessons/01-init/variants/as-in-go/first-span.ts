import { initJaeger } from './tracing.ts';

async function main(): Promise<void> {
  const [tracer, closer] = initJaeger('hello-jaeger');
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
