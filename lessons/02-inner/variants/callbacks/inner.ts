// Callbacks and promise chains, as one wrote before async and await; nothing is awaited, and nothing is lost.
import { initJaeger } from '@spoor/services';
import * as opentracing from 'opentracing';

const scale = Number(process.env['SPOOR_TIME_SCALE'] ?? 1);
const pair = initJaeger('inner');
const tracer: opentracing.Tracer = pair[0];

function callService1(parent: opentracing.Span, request: string, done: () => void) {
  const span = tracer.startSpan('Service1Opname', {
    references: [opentracing.childOf(parent.context())],
    tags: { FuncName: 'CallService1' },
  });
  setTimeout(() => {
    span.log({ event: 'service1-call', request });
    callService2(span, 'CallService2-2', () => {
      span.finish();
      done();
    });
  }, 3000 * scale);
}

function callService2(parent: opentracing.Span, request: string, done: () => void) {
  const span = tracer.startSpan('Service2Opname', { childOf: parent.context() });
  span.setTag('FuncName', 'CallService2');
  span.logEvent('service2-call', undefined);
  span.log({ event: 'service2-call', request });
  span.finish();
  setImmediate(done);
}

const root = tracer.startSpan('RootSpanOpname', { tags: { tayKey: 'tagValue' } });
root.log({ event: 'inner-call' });
callService1(root, 'callService1', () => {
  setTimeout(() => {
    callService2(root, 'callService2', () => {
      root.finish();
      pair[1].close().then(
        () => console.log('closed'),
        () => {},
      );
    });
  }, 1000 * scale);
});
