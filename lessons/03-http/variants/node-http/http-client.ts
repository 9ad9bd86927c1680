// Without express: node:http on both ends of both services, and callbacks instead of promises.
import http from 'node:http';
import { sleep } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import opentracing, { type Span } from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-http-client');
const TARGET = 'http://localhost:2334/httpService1';

function callHttpService1(parent: Span, done: (error: Error | null, body?: string) => void): void {
  const span = tracer.startSpan('CallHttpService1Opname', { childOf: parent });
  span.addTags({ 'span.kind': 'client', 'http.method': 'GET', 'http.url': TARGET });
  span.setBaggageItem('baggage1', '12345');
  const fail = (error: Error) => {
    span.setTag('error', true);
    span.log({ event: 'error', 'error.kind': error.name, message: error.message });
    span.finish();
    done(error);
  };
  const request = http.request(TARGET, (answer) => {
    let body = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk) => {
      body += chunk;
    });
    answer.on('end', () => {
      span.setTag('http.status_code', answer.statusCode);
      if (answer.statusCode !== 200) return fail(new Error(`HTTP ${answer.statusCode}`));
      span.log({ event: 'answer', body });
      span.finish();
      done(null, body);
    });
  });
  request.on('error', fail);
  const headers: Record<string, string> = {};
  tracer.inject(span.context(), opentracing.FORMAT_HTTP_HEADERS, headers);
  for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  request.end();
}

const server = http.createServer((request, response) => {
  if (request.url !== '/http') {
    response.writeHead(404).end();
    return;
  }
  const caller = tracer.extract(opentracing.FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpOpname', {
    ...(caller && { references: [opentracing.childOf(caller)] }),
    tags: { 'span.kind': 'server' },
  });
  span.setTag('httpKey', 'httpValue');
  span.setBaggageItem('baggage', '123456789');
  span.log({ funcName: 'JaegerHttp', response: 'Jaeger Http' });
  callHttpService1(span, async (error) => {
    if (error) {
      span.setTag('error', true);
      response.writeHead(503).end(error.message);
    } else {
      await sleep(1000);
      response.end('Jaeger Http');
    }
    span.finish();
  });
});
server.listen(2333, () => console.log('listening on 2333'));
process.on('SIGTERM', async () => {
  server.close();
  await closer.close();
  process.exit(0);
});
