import { createRequire } from 'node:module';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { constSampler, InMemoryReporter, initTracer, type Propagation } from '@spoor/client';
import { parseUberTraceId, type TraceContext } from '@spoor/wire';
import { FORMAT_HTTP_HEADERS } from 'opentracing';
import { describe, expect, test } from 'vitest';

// CommonJS without types.
const zipkin = createRequire(import.meta.url)('zipkin');

type Headers = Record<string, string>;

function tracerWith(names: Propagation, sampled: boolean) {
  const logger = { info: () => {}, error: (text: string) => console.error(text) };
  const given = {
    reporter: new InMemoryReporter(),
    sampler: constSampler(sampled),
    logger,
    env: {},
  };
  return initTracer({ serviceName: 'ours', propagation: names, traceId128bit: true }, given);
}

const contextOf = (context: unknown) => parseUberTraceId(String(context)) as TraceContext;

/** OpenTelemetry's propagators by our names for what they speak. */
const PROPAGATORS: readonly {
  readonly name: Propagation;
  readonly theirs: TextMapPropagator;
  readonly carriesBaggage: boolean;
}[] = [
  { name: 'jaeger', theirs: new JaegerPropagator(), carriesBaggage: true },
  {
    name: 'b3',
    theirs: new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
    carriesBaggage: false,
  },
  { name: 'b3-single', theirs: new B3Propagator(), carriesBaggage: false },
  {
    name: 'w3c',
    theirs: new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
    carriesBaggage: true,
  },
];

const USER = 'bob 鲍勃';

describe.each(PROPAGATORS)("OpenTelemetry's propagator and ours: $name", (each) => {
  const { name, theirs, carriesBaggage } = each;

  test.each([true, false])('ours is read by theirs, sampled: %s', (sampled) => {
    const tracer = tracerWith(name, sampled);
    const span = tracer.startSpan('call').setBaggageItem('user', USER);
    const headers: Headers = {};
    tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
    const read = theirs.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const { traceId, spanId } = contextOf(span.context());
    expect(trace.getSpanContext(read)).toMatchObject({
      traceId,
      spanId,
      traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    });
    const user = propagation.getBaggage(read)?.getEntry('user')?.value;
    expect(user).toBe(carriesBaggage ? USER : undefined);
  });

  test.each([true, false])('theirs is read by ours, sampled: %s', (sampled) => {
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    };
    const baggage = propagation.createBaggage({ user: { value: USER } });
    const context = propagation.setBaggage(
      trace.setSpanContext(ROOT_CONTEXT, spanContext),
      baggage,
    );
    const headers: Headers = {};
    theirs.inject(context, headers, defaultTextMapSetter);
    // It would decide otherwise, were it asked.
    const tracer = tracerWith(name, !sampled);
    const parent = tracer.extract(FORMAT_HTTP_HEADERS, headers);
    const span = tracer.startSpan('serve', { childOf: parent ?? expect.fail('nothing') });
    const { traceId, spanId } = spanContext;
    expect(contextOf(span.context())).toMatchObject({
      traceId,
      parentId: spanId,
      flags: sampled ? 1 : 0,
    });
    expect(span.getBaggageItem('user')).toBe(carriesBaggage ? USER : undefined);
  });
});

describe('zipkin-js and ours', () => {
  test.each([true, false])('ours is read by theirs, sampled: %s', (sampled) => {
    const tracer = tracerWith('b3', sampled);
    const span = tracer.startSpan('call');
    const headers: Headers = {};
    tracer.inject(span, FORMAT_HTTP_HEADERS, headers);
    const read = (name: string) => {
      const [, value] =
        Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
      return value === undefined ? zipkin.option.None : new zipkin.option.Some(value);
    };
    const server = new zipkin.Tracer({
      ctxImpl: new zipkin.ExplicitContext(),
      recorder: { record: () => {} },
      localServiceName: 'theirs',
    });
    const { traceId, spanId } = contextOf(span.context());
    const id = new zipkin.Instrumentation.HttpServer({ tracer: server, port: 80 }).recordRequest(
      'GET',
      'http://127.0.0.1/',
      read,
    );
    expect(id).toMatchObject({ traceId, spanId });
    expect(id.sampled.getOrElse()).toBe(sampled);
  });

  test.each([true, false])('theirs is read by ours, sampled: %s', (sampled) => {
    const client = new zipkin.Tracer({
      ctxImpl: new zipkin.ExplicitContext(),
      recorder: { record: () => {} },
      localServiceName: 'theirs',
      traceId128Bit: true,
      sampler: new zipkin.sampler.CountingSampler(sampled ? 1 : 0),
    });
    const id = client.createRootId();
    const { headers } = zipkin.Request.addZipkinHeaders({ headers: {} }, id) as {
      headers: Headers;
    };
    const tracer = tracerWith('b3', !sampled);
    const parent = tracer.extract(FORMAT_HTTP_HEADERS, headers);
    const span = tracer.startSpan('serve', { childOf: parent ?? expect.fail('nothing') });
    expect(contextOf(span.context())).toMatchObject({
      traceId: id.traceId,
      parentId: id.spanId,
      flags: sampled ? 1 : 0,
    });
  });
});
