import http from 'node:http';
import { rpcServerOption, sleep } from '@spoor/client';
import { initJaeger } from '@spoor/services';
import opentracing from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-http-service1');

const server = http.createServer((request, response) => {
  const caller = tracer.extract(opentracing.FORMAT_HTTP_HEADERS, request.headers);
  const span = tracer.startSpan('jaegerHttpService1Opname', rpcServerOption(caller));
  // When everything has left, also after an error.
  response.on('close', () => span.finish());
  span.setTag('baggage1', span.getBaggageItem('baggage1'));
  span.setTag('baggage', span.getBaggageItem('baggage'));
  span.log({ funcName: 'JaegerHttpService1' });
  sleep(2000).then(() => response.end('Jaeger Http Service1'));
});
server.listen(2334);
process.on('SIGTERM', () => {
  server.close(() => closer.close());
});
