// A class, childOf by hand, contexts of opentracing only, and an error that is told and not thrown on.
import { sleep } from '@spoor/client';
import { initJaeger, serve } from '@spoor/services';
import express, { type Request, type Response } from 'express';
import * as opentracing from 'opentracing';

class Front {
  private readonly tracer: opentracing.Tracer;
  private readonly target = 'http://127.0.0.1:2334/httpService1';

  constructor(tracer: opentracing.Tracer) {
    this.tracer = tracer;
  }

  handle = async (request: Request, response: Response): Promise<void> => {
    const root = this.rootOf(request);
    const body = await this.ask(root);
    if (body === undefined) {
      response.status(500).end();
      root.finish();
      return;
    }
    await sleep(1000);
    root.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' });
    root.finish();
    response.type('text').send('Jaeger Http');
  };

  private rootOf(request: Request): opentracing.Span {
    const options: opentracing.SpanOptions = { tags: { 'span.kind': 'server' } };
    const caller = this.tracer.extract(opentracing.FORMAT_TEXT_MAP, request.headers);
    if (caller) options.childOf = caller;
    const span = this.tracer.startSpan('jaegerHttpOpname', options);
    return span.setTag('httpKey', 'httpValue').setBaggageItem('baggage', '123456789');
  }

  private async ask(root: opentracing.Span): Promise<string | undefined> {
    const span = this.tracer.startSpan('CallHttpService1Opname', { childOf: root.context() });
    span.setBaggageItem('baggage1', '12345');
    span.setTag('span.kind', 'client').setTag('http.method', 'GET').setTag('http.url', this.target);
    const carrier: [string, string][] = [];
    this.tracer.inject(span, opentracing.FORMAT_HTTP_HEADERS, carrier);
    return fetch(this.target, { headers: carrier })
      .then(async (answer) => {
        const body = await answer.text();
        if (answer.status >= 400) throw new Error(`${answer.status}: ${body}`);
        span.log({ body });
        return body;
      })
      .catch((error: Error) => {
        span.log({ event: 'error', message: error.message, stack: error.stack });
        span.setTag('error', true);
        return undefined;
      })
      .finally(() => span.finish());
  }
}

const [tracer, closer] = initJaeger('jaeger-http-client');
const front = new Front(tracer);
await serve(express().get('/http', front.handle), 2333, closer);
