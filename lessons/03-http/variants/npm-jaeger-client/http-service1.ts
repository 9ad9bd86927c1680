import { createRequire } from 'node:module';
import { sleep } from '@spoor/client';
import express from 'express';
import opentracing from 'opentracing';

const jaeger = createRequire(import.meta.url)('jaeger-client');

const tracer = jaeger.initTracer(
  {
    serviceName: 'jaeger-http-service1',
    sampler: { type: 'const', param: 1 },
    reporter: {
      agentHost: process.env['JAEGER_AGENT_HOST'] ?? 'localhost',
      // It speaks binary Thrift, which the agent takes here.
      agentPort: 6832,
    },
  },
  {},
);

const app = express();
app.get('/httpService1', async (request, response) => {
  const parent = tracer.extract(opentracing.FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpService1Opname', parent ? { childOf: parent } : {});
  span.setTag('span.kind', 'server');
  for (const key of ['baggage', 'baggage1']) span.setTag(key, span.getBaggageItem(key));
  span.log({ funcName: 'JaegerHttpService1' });
  await sleep(2000);
  response.send('Jaeger Http Service1');
  span.finish();
});
app.listen(2334);
