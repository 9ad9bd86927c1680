// With npm jaeger-client, and without contexts: each function is handed the span of its caller.
import { createRequire } from 'node:module';
import type { Span } from 'opentracing';

// CommonJS without types.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

const { JAEGER_AGENT_HOST = 'localhost', SPOOR_TIME_SCALE = '1' } = process.env;
const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds * Number(SPOOR_TIME_SCALE)));

const tracer = jaegerClient.initTracer(
  {
    serviceName: 'inner',
    sampler: { type: 'const', param: 1 },
    reporter: { logSpans: true, agentHost: JAEGER_AGENT_HOST, agentPort: 6832 },
  },
  { logger: console },
);

async function callService1(parent: Span, request: string) {
  const span: Span = tracer.startSpan('Service1Opname', { childOf: parent });
  span.setTag('FuncName', 'CallService1');
  await pause(3000);
  span.log({ event: 'service1-call', request });
  callService2(span, 'CallService2-2');
  span.finish();
}

function callService2(parent: Span, request: string) {
  const span: Span = tracer.startSpan('Service2Opname', { childOf: parent });
  span.setTag('FuncName', 'CallService2');
  span.log({ event: 'service2-call', request });
  span.finish();
}

const root: Span = tracer.startSpan('RootSpanOpname');
root.setTag('tayKey', 'tagValue');
root.log({ event: 'inner-call' });
await callService1(root, 'callService1');
await pause(1000);
callService2(root, 'callService2');
root.finish();

tracer.close(() => console.log('closed'));
