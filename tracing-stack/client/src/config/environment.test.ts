import { expect, test, vi } from 'vitest';
import { InMemoryReporter } from '../reporters/in-memory-reporter.ts';
import { httpCollector } from '../testkit/http-collector.ts';
import { recordingLogger } from '../testkit/recording-logger.ts';
import { udpReceiver } from '../testkit/udp-receiver.ts';
import { initTracer } from './init-tracer.ts';
import type { TracingConfig } from './tracing-config.ts';

const ALWAYS = {
  JAEGER_SERVICE_NAME: 'from-env',
  JAEGER_SAMPLER_TYPE: 'const',
  JAEGER_SAMPLER_PARAM: '1',
};

/** The one span that a tracer of this environment reports. */
function spanOf(env: NodeJS.ProcessEnv, config: TracingConfig = {}) {
  const reporter = new InMemoryReporter();
  const tracer = initTracer(config, { reporter, env });
  tracer.startSpan('op').finish();
  return reporter.spans[0];
}

const valuesOf = (tags: readonly { key: string; value: unknown }[] = []) =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));

test('a tracer can be made of nothing but its environment', async () => {
  await using agent = await udpReceiver();
  const logger = recordingLogger();
  const env = {
    ...ALWAYS,
    JAEGER_AGENT_HOST: 'localhost',
    JAEGER_AGENT_PORT: String(agent.port),
    JAEGER_REPORTER_LOG_SPANS: 'true',
    JAEGER_REPORTER_FLUSH_INTERVAL: '10ms',
  };
  const tracer = initTracer(undefined, { env, logger });
  tracer.startSpan('op').finish();
  await agent.received(1);
  expect(agent.spans()).toMatchObject([{ process: { serviceName: 'from-env' } }]);
  expect(logger.lines[0]).toBe('Initializing logging reporter');
  await tracer.close();
});

test('spans go to the collector that the environment names, as its user', async () => {
  await using collector = await httpCollector();
  const env = {
    ...ALWAYS,
    JAEGER_ENDPOINT: `http://127.0.0.1:${collector.port}/api/traces`,
    JAEGER_USER: 'ada',
    JAEGER_PASSWORD: 'x',
    JAEGER_AUTH_TOKEN: 'unused',
  };
  const tracer = initTracer({}, { env });
  tracer.startSpan('op').finish();
  await tracer.close();
  expect(collector.requests[0]?.headers.authorization).toBe('Basic YWRhOng=');
});

test('an agent that code names goes before a collector of the environment', async () => {
  await using agent = await udpReceiver();
  const env = { ...ALWAYS, JAEGER_ENDPOINT: 'http://collector.invalid' };
  const tracer = initTracer({ reporter: { localAgentHostPort: `:${agent.port}` } }, { env });
  tracer.startSpan('op').finish();
  await tracer.close();
  await agent.received(1);
});

test('what code says goes before the environment, setting by setting', () => {
  const config = { serviceName: 'from-code', sampler: { type: 'probabilistic' } };
  const span = spanOf({ ...ALWAYS, JAEGER_SAMPLER_TYPE: 'coin' }, config);
  expect(span?.process.serviceName).toBe('from-code');
  expect(valuesOf(span?.tags)).toEqual({ 'sampler.type': 'probabilistic', 'sampler.param': 1 });
});

test.each([
  ['probabilistic', '1', { 'sampler.type': 'probabilistic', 'sampler.param': 1 }],
  ['rateLimiting', '2.5', { 'sampler.type': 'ratelimiting', 'sampler.param': 2.5 }],
  ['CONST', '1', { 'sampler.type': 'const', 'sampler.param': true }],
])('the sampler %s of %s comes from the environment', (type, param, tags) => {
  const env = { ...ALWAYS, JAEGER_SAMPLER_TYPE: type, JAEGER_SAMPLER_PARAM: param };
  expect(valuesOf(spanOf(env)?.tags)).toEqual(tags);
});

test.each([
  [{}, 'http://127.0.0.1:5778/sampling?service=from-env'],
  [{ JAEGER_AGENT_HOST: 'agent' }, 'http://agent:5778/sampling?service=from-env'],
  [
    { JAEGER_SAMPLING_ENDPOINT: 'http://there:1/ask', JAEGER_AGENT_HOST: 'agent' },
    'http://there:1/ask?service=from-env',
  ],
  [{ JAEGER_SAMPLER_MANAGER_HOST_PORT: 'there:1' }, 'http://there:1/sampling?service=from-env'],
  [
    { JAEGER_SAMPLER_HOST: 'there', JAEGER_SAMPLER_PORT: '1', JAEGER_SAMPLER_SAMPLING_PATH: '/x' },
    'http://there:1/x?service=from-env',
  ],
])('without a sampler a remote one is asked for; %j names %s', async (env, url) => {
  const asked: string[] = [];
  const fetch = async (from: string) => {
    asked.push(from);
    return JSON.stringify({ probabilisticSampling: { samplingRate: 1 } });
  };
  const reporter = new InMemoryReporter();
  const given = { JAEGER_SERVICE_NAME: 'from-env', ...env };
  const tracer = initTracer({}, { fetch, reporter, env: given });
  await vi.waitFor(() => expect(tracer.counters.samplerUpdates).toBe(1), 20_000);
  tracer.startSpan('op').finish();
  expect(reporter.spans).toHaveLength(1);
  expect(asked).toEqual([url]);
  await tracer.close();
});

test('tags come from the environment, and may name other variables', () => {
  const tags = `zone=a, build = \${BUILD:none},node=\${NODE_NAME:n=1},empty=\${NOT_SET:},plain=\${NOT_SET}`;
  const span = spanOf({ ...ALWAYS, JAEGER_TAGS: tags, BUILD: '42' });
  expect(valuesOf(span?.process.tags)).toMatchObject({
    zone: 'a',
    build: '42',
    node: 'n=1',
    empty: '',
    plain: '',
  });
});

test.each([
  ['of an object', { zone: 1 }],
  ["of Go's list", [{ Key: 'zone', Value: 1 }]],
  ["of npm's list", [{ key: 'zone', value: 1 }]],
])('tags %s in the configuration are tags of the process', (_, tags) => {
  const span = spanOf(ALWAYS, { tags: tags as Record<string, unknown> });
  expect(valuesOf(span?.process.tags)).toMatchObject({ zone: 1n });
});

test('ids of 128 bits and propagation come from the environment', () => {
  const env = { ...ALWAYS, JAEGER_TRACEID_128BIT: 'true', JAEGER_PROPAGATION: 'W3C, b3' };
  const tracer = initTracer({}, { reporter: new InMemoryReporter(), env });
  const headers = {};
  tracer.inject(tracer.startSpan('op'), 'http_headers', headers);
  expect(headers).toMatchObject({ traceparent: expect.stringMatching(/^00-(?!0{16})/) });
  expect(Object.keys(headers)).toContain('x-b3-traceid');
  expect(Object.keys(headers)).not.toContain('uber-trace-id');
});

test.each([
  [{ JAEGER_DISABLED: 'true' }, {}],
  [{ JAEGER_DISABLE: '1' }, {}],
  [{ JAEGER_DISABLED: 'true', JAEGER_SERVICE_NAME: '' }, {}],
  [{}, { disabled: true }],
])('disabled by %j or %j: no span is kept, nothing travels, nothing fails', async (env, config) => {
  const tracer = initTracer(config, { env: { ...ALWAYS, ...env } });
  const headers = {};
  const span = tracer.startSpan('op').setBaggageItem('a', 'b');
  for (const format of ['http_headers', 'text_map', 'binary']) {
    tracer.inject(span, format, headers);
    expect(tracer.extract(format, { 'uber-trace-id': '1:2:1:1' })).toBeNull();
  }
  span.finish();
  await tracer.close();
  expect(headers).toEqual({});
  expect(tracer.counters).toMatchObject({ started: 1, sampled: 0, injectErrors: 0 });
});

test('code may enable what the environment disables', () => {
  expect(spanOf({ ...ALWAYS, JAEGER_DISABLED: 'true' }, { disabled: false })).toBeDefined();
});

test('a variable that has no effect is told', () => {
  const logger = recordingLogger();
  const reporter = new InMemoryReporter();
  initTracer({}, { reporter, logger, env: { ...ALWAYS, JAEGER_RPC_METRICS: 'true' } });
  expect(logger.lines).toEqual(['[client] JAEGER_RPC_METRICS has no effect here']);
});

test.each([
  ['JAEGER_DISABLED', 'maybe', 'must be true or false, not maybe'],
  ['JAEGER_SAMPLER_PARAM', 'x', 'of const must be 0 or 1, not x'],
  ['JAEGER_REPORTER_FLUSH_INTERVAL', '1 week', "must be milliseconds or like '1s', not 1 week"],
  ['JAEGER_REPORTER_MAX_QUEUE_SIZE', '-1', 'must be a whole number from 1 on, not -1'],
  ['JAEGER_TAGS', 'a=1,b', "must be key=value,…, not 'b'"],
  ['JAEGER_PROPAGATION', 'pigeon', 'must be of jaeger, b3, b3-single, w3c, not pigeon'],
  ['JAEGER_AGENT_SOCKET_TYPE', 'tcp', 'must be udp4 or udp6, not tcp'],
])('%s=%s is refused in one line', (name, value, message) => {
  const init = () => initTracer({}, { env: { ...ALWAYS, [name]: value } });
  expect(init).toThrow(`[client] ${name} ${message}`);
});
