// The header forms: a Map for what goes out, and a router that other modules may use.
import {
  background,
  type Context,
  contextWithSpan,
  initGlobalTracer,
  rpcServerOption,
  sleep,
  spanFromContext,
  startSpanFromContext,
} from '@spoor/client';
import { initJaeger, reasonOf, serve } from '@spoor/services';
import express from 'express';
import { FORMAT_HTTP_HEADERS, globalTracer, Tags } from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-http-client');
initGlobalTracer(tracer);

const get = async (ctx: Context, url: string): Promise<string> => {
  const carrier = new Map<string, string>();
  const span = spanFromContext(ctx);
  if (span) globalTracer().inject(span.context(), FORMAT_HTTP_HEADERS, carrier);
  const request = new Request(url, { headers: Object.fromEntries(carrier) });
  const answer = await fetch(request);
  if (answer.ok) return answer.text();
  throw new Error(`${answer.status} ${await answer.text()}`);
};

const callHttpService1 = async (ctx: Context) => {
  const [span, callCtx] = startSpanFromContext(ctx, 'CallHttpService1Opname', {
    tags: {
      [Tags.SPAN_KIND]: Tags.SPAN_KIND_RPC_CLIENT,
      [Tags.HTTP_URL]: 'http://localhost:2334/httpService1',
      [Tags.HTTP_METHOD]: 'GET',
    },
  });
  span.setBaggageItem('baggage1', '12345');
  await get(callCtx, 'http://localhost:2334/httpService1')
    .then((body) => span.log({ body }))
    .catch((error) => {
      span.addTags({ error: true, 'error.kind': error.name });
      span.log({ event: 'error', message: reasonOf(error) });
      throw error;
    })
    .finally(() => span.finish());
};

const router = express.Router();
router.all('/http', async (request, response, next) => {
  const caller = globalTracer().extract(FORMAT_HTTP_HEADERS, request.headers);
  const span = globalTracer().startSpan('jaegerHttpOpname', rpcServerOption(caller));
  span.setTag('httpKey', 'httpValue').setBaggageItem('baggage', '123456789');
  try {
    await callHttpService1(contextWithSpan(background(), span));
    await sleep(1000);
    span.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' });
    response.send('Jaeger Http');
  } catch (error) {
    next(error);
  } finally {
    span.finish();
  }
});
await serve(express().use(router), 2333, closer);
