import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, createMetrics, UserError } from '@spoor/platform';
import { afterEach, expect, test } from 'vitest';
import { type Agent, type AgentOptions, startAgent } from '../agent.ts';
import { ConfigError, type ConfigSource } from '../config-source.ts';
import { collectingSink } from '../testing/collecting-sink.ts';
import { fixedConfig } from '../testing/fixed-config.ts';

const FREE = { host: '127.0.0.1', port: 0 };
const running: Agent[] = [];
let directory: string | undefined;

afterEach(async () => {
  for (const agent of running.splice(0)) await agent.close();
  if (directory) await rm(directory, { recursive: true });
  directory = undefined;
});

async function start(options: Partial<AgentOptions> = {}) {
  const metrics = createMetrics();
  const lines: { kind?: string; reason?: string }[] = [];
  const agent = await startAgent({
    compact: FREE,
    binary: FREE,
    zipkin: FREE,
    http: FREE,
    sink: collectingSink(),
    config: fixedConfig(),
    logger: createLogger({
      name: 'agent',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
    metrics,
    ...options,
  });
  running.push(agent);
  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${agent.ports.http}${path}`, { method });
  return { get, metrics, lines };
}

const SERVICE_ONCE = "'service' parameter must be provided once\n";
const UNKNOWN = '404 page not found\n';

test.each([
  ['GET', '/sampling?service=a', 200, /^\{"strategyType":"PROBABILISTIC",.*\}$/],
  ['GET', '/?service=a', 200, /^\{"strategyType":0,.*\}$/],
  ['GET', '/sampling?service=', 200, /"samplingRate":1/],
  ['GET', '/sampling', 400, SERVICE_ONCE],
  ['GET', '/', 400, SERVICE_ONCE],
  ['GET', '/sampling?service=a&service=b', 400, SERVICE_ONCE],
  ['GET', '/baggageRestrictions', 400, SERVICE_ONCE],
  ['GET', '/baggageRestrictions?service=a', 500, 'collector error: baggage not implemented\n'],
  ['GET', '/foo?service=a', 404, UNKNOWN],
  ['GET', '/Sampling?service=a', 404, UNKNOWN],
  ['GET', '/sampling/?service=a', 404, UNKNOWN],
  ['POST', '/sampling?service=a', 405, ''],
  ['HEAD', '/sampling?service=a', 405, ''],
  ['GET', '/%zz?service=a', 404, UNKNOWN],
])('%s %s is answered with %i', async (method, path, status, body) => {
  const { get } = await start();
  const answer = await get(path, method);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  if (typeof body === 'string') expect(text).toBe(body);
  else expect(text).toMatch(body);
});

test('a collector that is away is an error with its reason, and the next question is answered', async () => {
  let isAway = true;
  const config: ConfigSource = {
    ...fixedConfig(),
    async samplingStrategy(service) {
      if (isAway) throw new ConfigError('unavailable', 'failed to get sampling strategy: away');
      return fixedConfig().samplingStrategy(service);
    },
  };
  const { get, metrics, lines } = await start({ config });
  const answer = await get('/sampling?service=a');
  expect(answer.status).toBe(500);
  expect(await answer.text()).toBe('collector error: failed to get sampling strategy: away\n');
  await get('/?service=a');
  isAway = false;
  expect((await get('/sampling?service=a')).status).toBe(200);
  const text = await metrics.text();
  for (const line of [
    'jaeger_agent_http_server_requests_total{type="sampling"} 1',
    'jaeger_agent_http_server_requests_total{type="sampling-legacy"} 0',
    'jaeger_agent_http_server_errors_total{source="collector-proxy",status="5xx"} 2',
    'jaeger_agent_collector_proxy_total{endpoint="sampling",protocol="in-process",result="ok"} 1',
    'jaeger_agent_collector_proxy_total{endpoint="sampling",protocol="in-process",result="err"} 2',
  ]) {
    expect(text).toContain(line);
  }
  expect(lines.filter(({ kind }) => kind === 'ask sampling')).toHaveLength(1);
});

async function restrictions(content: object | string): Promise<string> {
  directory ??= await mkdtemp(join(tmpdir(), 'spoor-baggage-'));
  const path = join(directory, 'baggage.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const tenant = { baggageKey: 'tenant', maxValueLength: 64 };

test('baggage restrictions are served from a file: by service, else the default', async () => {
  const baggageRestrictionsFile = await restrictions({
    default_restrictions: [tenant],
    service_restrictions: [{ service: 'silent', restrictions: [] }],
  });
  const { get, metrics } = await start({ baggageRestrictionsFile });
  expect(await (await get('/baggageRestrictions?service=any')).json()).toEqual([tenant]);
  expect(await (await get('/baggageRestrictions?service=silent')).text()).toBe('[]');
  expect(await metrics.text()).toContain('requests_total{type="baggage"} 2');
});

test('a file that changes counts at once; while it is broken, the last good one does, which is told', async () => {
  const baggageRestrictionsFile = await restrictions({ default_restrictions: [tenant] });
  const { get, lines } = await start({ baggageRestrictionsFile });
  const ask = async () => (await get('/baggageRestrictions?service=any')).json();
  await restrictions({ default_restrictions: [] });
  expect(await ask()).toEqual([]);
  await restrictions({ default_restrictions: [{ baggageKey: 'a', maxValueLength: -1 }] });
  expect(await ask()).toEqual([]);
  const reason = 'default_restrictions[0].maxValueLength must be a whole number';
  expect(lines.at(-1)).toMatchObject({ reason });
});

test.each([
  ['{', 'JSON'],
  ['[]', 'the file must be an object'],
  [{ default_restrictions: [{ maxValueLength: 1 }] }, 'baggageKey must be a text'],
  [{ service_restrictions: [{ restrictions: [] }] }, 'service must be a text'],
])('an agent does not start with %j for baggage restrictions', async (content, reason) => {
  const baggageRestrictionsFile = await restrictions(content);
  const started = start({ baggageRestrictionsFile });
  await expect(started).rejects.toThrow(UserError);
  await expect(started).rejects.toThrow(reason);
});
