import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { activeSpan, withSpan } from './active-span.ts';
import { testTracer } from './testkit/test-tracer.ts';

test('a span is active in what is called and awaited from there, and nowhere else', async () => {
  const { tracer } = testTracer();
  const [a, b] = [tracer.startSpan('a'), tracer.startSpan('b')];
  const after = async () => {
    await setImmediate();
    return activeSpan();
  };
  expect(activeSpan()).toBeUndefined();
  const both = Promise.all([withSpan(a, after), withSpan(b, after)]);
  expect(activeSpan()).toBeUndefined();
  expect(await both).toEqual([a, b]);
});

test('the inner span is active inside, the outer one again behind it', () => {
  const { tracer } = testTracer();
  const [outer, inner] = [tracer.startSpan('outer'), tracer.startSpan('inner')];
  const seen = withSpan(outer, () => {
    const within = withSpan(inner, activeSpan);
    const none = withSpan(undefined, activeSpan);
    return [within, none, activeSpan()];
  });
  expect(seen).toEqual([inner, undefined, outer]);
});

test('what the work throws comes out, and the span is not finished', () => {
  const { tracer } = testTracer();
  const span = tracer.startSpan('a');
  const work = () => {
    throw new Error('no');
  };
  expect(() => withSpan(span, work)).toThrow('no');
  expect(activeSpan()).toBeUndefined();
  expect(tracer.counters.finished).toBe(0);
});

test('which span was made the active one, and which was found, is told', () => {
  const span = testTracer().tracer.startSpan('a');
  const heard: [string, unknown][] = [];
  const channels = ['spoor:active-span:made', 'spoor:active-span:asked'];
  const listener = (message: unknown, name: string | symbol) => {
    heard.push([String(name), message]);
  };
  for (const name of channels) subscribe(name, listener);
  try {
    withSpan(span, activeSpan);
    activeSpan();
    expect(heard).toEqual([
      ['spoor:active-span:made', { span }],
      ['spoor:active-span:asked', { span }],
      ['spoor:active-span:asked', { span: undefined }],
    ]);
  } finally {
    for (const name of channels) unsubscribe(name, listener);
  }
});
