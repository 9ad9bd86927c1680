import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as opentracing from 'opentracing';
import { expect, test } from 'vitest';
import { background, contextWithSpan, spanFromContext, startSpanFromContext } from './context.ts';
import { rpcServerOption } from './rpc-server-option.ts';
import { testTracer } from './testkit/test-tracer.ts';

test('a context holds the span it was made with, and the one before is as it was', () => {
  const { tracer } = testTracer();
  const [a, b] = [tracer.startSpan('a'), tracer.startSpan('b')];
  const outer = contextWithSpan(background(), a);
  const inner = contextWithSpan(outer, b);
  expect([background(), outer, inner].map(spanFromContext)).toEqual([undefined, a, b]);
});

test('a span from a context is the child of the span in it, or a root', () => {
  const { tracer } = testTracer();
  const [root, ctx] = startSpanFromContext(background(), 'root', {}, tracer);
  const [child, ctxChild] = startSpanFromContext(ctx, 'child', { tags: { a: 1 } }, tracer);
  const [grandchild] = startSpanFromContext(ctxChild, 'grandchild', {}, tracer);
  expect([root, child, grandchild].map((span) => String(span.context()))).toEqual([
    '0000000000000001:0000000000000001:0000000000000000:1',
    '0000000000000001:0000000000000002:0000000000000001:1',
    '0000000000000001:0000000000000003:0000000000000002:1',
  ]);
  expect(spanFromContext(ctxChild)).toBe(child);
});

test('a span from a context can follow others, too', () => {
  const { tracer, spans } = testTracer();
  const other = tracer.startSpan('other');
  const ctx = contextWithSpan(background(), tracer.startSpan('root'));
  const references = [opentracing.followsFrom(other)];
  startSpanFromContext(ctx, 'child', { references }, tracer)[0].finish();
  expect(spans[0]?.references.map(({ refType }) => refType)).toEqual(['FOLLOWS_FROM', 'CHILD_OF']);
  expect(references).toHaveLength(1);
});

test('without a tracer it asks the global one, which does nothing until it is set', () => {
  expect(startSpanFromContext(background(), 'noop')[0].context().toTraceId()).toBe('');
  const { tracer, spans } = testTracer();
  opentracing.initGlobalTracer(tracer);
  try {
    startSpanFromContext(background(), 'root')[0].finish();
  } finally {
    opentracing.initGlobalTracer(new opentracing.Tracer());
  }
  expect(spans).toMatchObject([{ operationName: 'root' }]);
});

test.each([null, undefined])('rpcServerOption of %s makes a root that is a server', (caller) => {
  const { tracer, spans } = testTracer();
  tracer.startSpan('server', rpcServerOption(caller)).finish();
  expect(spans).toMatchObject([{ references: [] }]);
  expect(spans[0]?.tags).toContainEqual({ key: 'span.kind', type: 'string', value: 'server' });
});

test('what rpcServerOption gave is told', () => {
  const heard: unknown[] = [];
  const listener = (message: unknown) => {
    heard.push(message);
  };
  subscribe('spoor:rpc-server-option', listener);
  try {
    const options = rpcServerOption(testTracer().tracer.startSpan('caller').context());
    expect(heard).toEqual([{ options }]);
  } finally {
    unsubscribe('spoor:rpc-server-option', listener);
  }
});

test('which context was made of a span, asked for one, or had a span started from it, is told', () => {
  const { tracer } = testTracer();
  const heard: [string, unknown][] = [];
  const channels = ['spoor:context:made', 'spoor:context:asked', 'spoor:context:started-from'];
  const listener = (message: unknown, name: string | symbol) => {
    heard.push([String(name), message]);
  };
  for (const name of channels) subscribe(name, listener);
  try {
    const root = tracer.startSpan('root');
    const context = contextWithSpan(background(), root);
    const pair = startSpanFromContext(context, 'child', {}, tracer);
    const other = startSpanFromContext(undefined, 'other', {}, tracer);
    spanFromContext(context);
    expect(heard).toEqual([
      ['spoor:context:made', { context, span: root }],
      ['spoor:context:started-from', { context, parent: root, span: pair[0], pair }],
      [
        'spoor:context:started-from',
        { context: undefined, parent: undefined, span: other[0], pair: other },
      ],
      ['spoor:context:asked', { context }],
    ]);
  } finally {
    for (const name of channels) unsubscribe(name, listener);
  }
});
