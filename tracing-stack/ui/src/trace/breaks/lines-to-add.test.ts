import type { ObservedSpan } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { linesToAdd } from './lines-to-add.ts';

const span = (operationName: string, tags: ObservedSpan['tags'] = {}) =>
  ({ operationName, tags }) as ObservedSpan;

test.each([
  [span('GET', { 'http.url': 'http://a/b' }), 'FORMAT_HTTP_HEADERS'],
  [span('CallHttpService1Opname'), 'FORMAT_HTTP_HEADERS'],
  [span('GET /a.b/c', { 'http.url': 'http://a/b.c/d' }), 'FORMAT_HTTP_HEADERS'],
  [span('call', { component: 'gRPC' }), 'FORMAT_TEXT_MAP'],
  [span('call', { 'rpc.system': 'grpc' }), 'FORMAT_TEXT_MAP'],
  [span('/helloworld.Greeter/SayHello'), 'FORMAT_TEXT_MAP'],
])('%j is joined through %s', (call, format) => {
  const { caller, callee } = linesToAdd(call, span('request'));
  expect(caller).toContain(`inject(span.context(), ${format},`);
  expect(callee).toContain(`extract(${format},`);
});
