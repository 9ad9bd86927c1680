import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { FORMAT_TEXT_MAP } from 'opentracing';
import { expect, test } from 'vitest';
import { type TracerEvent, type TracerEvents, tracerChannelName } from './events.ts';
import { constSampler } from './samplers/const-sampler.ts';
import { testTracer } from './testkit/test-tracer.ts';

const EVENTS: readonly TracerEvent[] = ['start', 'finish', 'inject', 'extract', 'report'];

/** What was published while `act` ran. */
function heardDuring(act: () => void): [string, TracerEvents[TracerEvent]][] {
  const heard: [string, TracerEvents[TracerEvent]][] = [];
  const listener = (message: unknown, name: string | symbol) => {
    heard.push([String(name), message as TracerEvents[TracerEvent]]);
  };
  for (const event of EVENTS) subscribe(tracerChannelName(event), listener);
  try {
    act();
  } finally {
    for (const event of EVENTS) unsubscribe(tracerChannelName(event), listener);
  }
  return heard;
}

test('a span that is started, injected, finished and reported is heard each time', () => {
  const { tracer, spans } = testTracer();
  const carrier = {};
  const options = { tags: { a: 1 } };
  let span = tracer.startSpan('unheard');
  const heard = heardDuring(() => {
    span = tracer.startSpan('root', options);
    tracer.inject(span, FORMAT_TEXT_MAP, carrier);
    tracer.extract(FORMAT_TEXT_MAP, carrier);
    tracer.extract(FORMAT_TEXT_MAP, {});
    span.finish();
    span.finish();
  });
  expect(heard.map(([name]) => name)).toEqual([
    'spoor:tracer:start',
    'spoor:tracer:inject',
    'spoor:tracer:extract',
    'spoor:tracer:extract',
    'spoor:tracer:finish',
    'spoor:tracer:report',
  ]);
  const [start, inject, extract, nothing, finish, report] = heard.map(([, message]) => message);
  expect(start).toEqual({ tracer, span, options });
  const format = FORMAT_TEXT_MAP;
  expect(inject).toEqual({ tracer, context: span.context(), format, carrier });
  expect(String((extract as TracerEvents['extract']).context)).toBe(String(span.context()));
  expect(nothing).toEqual({ tracer, context: null, format, carrier: {} });
  expect(finish).toEqual({ tracer, span });
  expect(report).toEqual({ tracer, span: spans[0] });
});

test('a span that is not sampled is finished but not reported, a failed inject is not heard', () => {
  const { tracer } = testTracer({ sampler: constSampler(false) });
  const heard = heardDuring(() => {
    const span = tracer.startSpan('root');
    tracer.inject(span, FORMAT_TEXT_MAP, null);
    span.finish();
  });
  expect(heard.map(([name]) => name)).toEqual(['spoor:tracer:start', 'spoor:tracer:finish']);
});
