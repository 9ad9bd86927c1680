import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { InMemoryReporter } from '../reporters/in-memory-reporter.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { udpReceiver } from '../testkit/udp-receiver.ts';
import { agentAddress } from './agent-address.ts';
import { ConfigurationError } from './configuration-error.ts';
import { initTracer } from './init-tracer.ts';
import { settingsOf } from './settings.ts';
import type { TracingConfig } from './tracing-config.ts';

const sampler = { type: 'const', param: 1 };

test.each([
  ['of npm jaeger-client', (port: number) => ({ agentHost: '127.0.0.1', agentPort: port })],
  ['of the Go client', (port: number) => ({ localAgentHostPort: `:${port}` })],
])('the address in the spelling %s is where spans go', async (_, address) => {
  await using agent = await udpReceiver();
  const logger = recordingLogger();
  const reporter = { logSpans: true, ...address(agent.port) };
  const tracer = initTracer({ serviceName: 'hello-jaeger', sampler, reporter }, { logger });
  const span = tracer.startSpan('first-span');
  span.finish();
  await tracer.close();
  await agent.received(1);
  expect(agent.spans()).toMatchObject([
    { operationName: 'first-span', process: { serviceName: 'hello-jaeger' } },
  ]);
  expect(logger.lines).toEqual([
    'Initializing logging reporter',
    `Reporting span ${span.context()}`,
  ]);
});

test("a whole configuration in Go's spelling works", async () => {
  await using agent = await udpReceiver();
  const tracer = initTracer(
    {
      ServiceName: 'hello-jaeger',
      Sampler: { Type: 'Const', Param: 1 },
      Reporter: { LogSpans: false, LocalAgentHostPort: `localhost:${agent.port}` },
    },
    { tags: { zone: 'a' } },
  );
  tracer.startSpan('first-span').finish();
  await tracer.close();
  await agent.received(1);
  expect(agent.spans()[0]?.process.tags[0]).toEqual({ key: 'zone', type: 'string', value: 'a' });
});

test('param 0 keeps no trace', async () => {
  const reporter = new InMemoryReporter();
  const config = { serviceName: 'quiet', sampler: { type: 'const', param: 0 } };
  const tracer = initTracer(config, { reporter });
  tracer.startSpan('unseen').finish();
  expect(reporter.spans).toEqual([]);
});

test.each([
  ['no service', { sampler }, 'serviceName must be given'],
  [
    'a sampler of no type that is known',
    { sampler: { type: 'coin' } },
    "unknown sampler type 'coin'",
  ],
  [
    'a sampler without its parameter',
    { sampler: { type: 'const' } },
    'sampler.param of const must be 0 or 1, not undefined',
  ],
  [
    'half a parameter',
    { sampler: { type: 'const', param: 0.5 } },
    'sampler.param of const must be 0 or 1, not 0.5',
  ],
  [
    'more than all',
    { sampler: { type: 'probabilistic', param: 1.5 } },
    'sampler.param of probabilistic must be from 0 to 1, not 1.5',
  ],
  [
    'less than nothing',
    { sampler: { type: 'rateLimiting', param: -1 } },
    'sampler.param of rateLimiting must be traces a second, not -1',
  ],
  [
    'a first share that is none',
    { sampler: { type: 'remote', param: 2 } },
    'sampler.param of remote must be from 0 to 1, not 2',
  ],
  [
    'a setting that Jaeger does not have',
    { reporter: { logSpan: true } },
    'unknown setting reporter.logSpan',
  ],
  [
    'a throttler that waits',
    { throttler: { synchronousInitialization: true } },
    'throttler.synchronousInitialization is not built yet',
  ],
  [
    'an address without a port',
    { reporter: { localAgentHostPort: 'localhost' } },
    "reporter.localAgentHostPort must be HOST:PORT, not 'localhost'",
  ],
  [
    'a port that is none',
    { reporter: { agentPort: 70_000 } },
    "reporter.agentPort has no port from 1 to 65535: '70000'",
  ],
  [
    'an interval that is none',
    { reporter: { flushIntervalMs: 'soon' } },
    "reporter.flushIntervalMs must be milliseconds or like '1s', not soon",
  ],
  [
    'a collector at no address',
    { reporter: { collectorEndpoint: 'localhost/api' } },
    "reporter.collectorEndpoint must be a URL or HOST:PORT, not 'localhost/api'",
  ],
  [
    'a user without a password',
    { reporter: { collectorEndpoint: ':14268', user: 'ada' } },
    'user and password of the reporter go together',
  ],
  [
    'a queue of half a span',
    { reporter: { queueSize: 0.5 } },
    'reporter.queueSize must be a whole number from 1 on, not 0.5',
  ],
  [
    'a propagation that nobody knows',
    { propagation: 'jaeger,pigeon' },
    'propagation must be of jaeger, b3, b3-single, w3c, not jaeger,pigeon',
  ],
  [
    'a header that only every object has',
    { headers: { constructor: 'x' } },
    'unknown setting headers.constructor',
  ],
  ['a service that is a number', { serviceName: 5 }, 'serviceName must be text, not 5'],
  [
    'a password that is a number',
    { reporter: { collectorEndpoint: ':14268', user: 'ada', password: 5 } },
    'reporter.password must be text, not 5',
  ],
  [
    'a setting in two spellings',
    { ServiceName: 'y' },
    'serviceName and ServiceName are one setting, and differ',
  ],
  [
    'a setting under two names',
    { reporter: { flushIntervalMs: 1, BufferFlushInterval: 2 } },
    'reporter.flushIntervalMs and reporter.BufferFlushInterval are one setting, and differ',
  ],
  [
    'a sampler in two spellings',
    { Sampler: { Type: 'const', Param: 0 } },
    'sampler and Sampler are one setting, and differ',
  ],
  [
    'a header with a line break',
    { headers: { traceContextHeaderName: 'a b\r\n' } },
    'headers.traceContextHeaderName must be a name of a header, not "a b\\r\\n"',
  ],
  [
    'a header without a name',
    { headers: { debugId: '' } },
    'headers.debugId must be a name of a header, not ""',
  ],
  [
    'a header whose name is no text',
    { headers: { baggage: 5 } },
    'headers.baggage must be a name of a header, not 5',
  ],
  [
    'a header that would be two',
    { headers: { debugId: 'X-Both', baggage: 'x-both' } },
    "headers.debugId and headers.baggage are both 'x-both'",
  ],
  [
    "a header that takes another's place",
    { headers: { debugId: 'Uber-Trace-Id' } },
    "headers.traceContext and headers.debugId are both 'Uber-Trace-Id'",
  ],
  [
    'a header in two spellings',
    { headers: { debugId: 'a', jaegerDebugHeader: 'b' } },
    'headers.jaegerDebugHeader is given twice, and differently',
  ],
  ['a sampler that is no object', { sampler: 'const' }, 'sampler must be an object, not const'],
])('%s is refused in one line', (_, config, message) => {
  const whole =
    message === 'serviceName must be given' ? config : { serviceName: 'x', sampler, ...config };
  const init = () => initTracer(whole as unknown as TracingConfig, { env: {} });
  expect(init).toThrow(ConfigurationError);
  expect(init).toThrow(new ConfigurationError('invalid', message).message);
});

test('a setting in two spellings with one value is one setting; null says nothing', () => {
  const twice = {
    serviceName: 'x',
    ServiceName: 'x',
    sampler,
    Sampler: { ...sampler },
    service_name: null,
    headers: { debugId: 'X-Debug', jaegerDebugHeader: 'X-Debug', baggage: undefined },
  };
  const reporter = new InMemoryReporter();
  const tracer = initTracer(twice as unknown as TracingConfig, { env: {}, reporter });
  expect(tracer.process.serviceName).toBe('x');
});

const env = { JAEGER_AGENT_HOST: 'agent', JAEGER_AGENT_PORT: '5000' };

test.each([
  [{}, {}, '127.0.0.1', 6831],
  [{}, env, 'agent', 5000],
  [{ agentPort: 1 }, env, 'agent', 1],
  [{ agentHost: 'here' }, env, 'here', 5000],
  [{ localAgentHostPort: ':6831' }, env, '127.0.0.1', 6831],
  [{ localAgentHostPort: 'there:7' }, {}, 'there', 7],
  [{ localAgentHostPort: '[::1]:7' }, {}, '::1', 7],
  [{ localAgentHostPort: '' }, env, 'agent', 5000],
])('settings %j and environment %j are the agent %s:%d', (settings, environment, host, port) => {
  expect(agentAddress(settingsOf('reporter', settings, environment))).toEqual({ host, port });
});

test('a bad port in the environment is named by its variable', () => {
  const settings = settingsOf('reporter', {}, { JAEGER_AGENT_PORT: 'x' });
  expect(() => agentAddress(settings)).toThrow(
    "[client] JAEGER_AGENT_PORT has no port from 1 to 65535: 'x'",
  );
});

test('why no tracer was made is told, and thrown', () => {
  const heard: unknown[] = [];
  const listener = (message: unknown) => {
    heard.push(message);
  };
  subscribe('spoor:tracer:refused', listener);
  try {
    const config = { serviceName: 's', sampler: { type: 'constant', param: 1 } };
    expect(() => initTracer(config)).toThrow(ConfigurationError);
    expect(heard).toEqual([{ error: expect.any(ConfigurationError) }]);
  } finally {
    unsubscribe('spoor:tracer:refused', listener);
  }
});
