import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ObservedSpan } from '@spoor/analysis';
import { afterEach, expect, test } from 'vitest';
import { compareOnAnyHost } from './arrival.ts';
import { LessonError } from './lesson-error.ts';
import type { LessonService } from './lesson-manifest.ts';
import { areServicesRunning } from './running-services.ts';

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

const HTTP = { name: 'http-client', serviceName: 'jaeger-http-client', protocol: 'HTTP' } as const;
const GRPC = { name: 'greeter', serviceName: 'jaeger-gRPC-server', protocol: 'gRPC' } as const;
type Known = typeof HTTP | typeof GRPC;

/** Runs a demo service on a free port, and gives it with what it printed so far. */
async function run({ name, ...service }: Known, env: Record<string, string>) {
  const file = fileURLToPath(new URL(`../../services/src/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    // Nobody listens on the discard port.
    env: {
      ...process.env,
      HTTP_CLIENT_PORT: '0',
      GREETER_PORT: '0',
      JAEGER_AGENT_PORT: '9',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  while (!/localhost:\d+/.test(printed)) await once(child.stdout, 'data');
  const port = Number(/localhost:(\d+)/.exec(printed)?.[1]);
  const lesson = { services: [{ name, file, port, ...service } satisfies LessonService] };
  return { lesson, printed: () => printed };
}

test.each([HTTP, GRPC])(
  '$name is known by the name that it was given, and leaves no span of it',
  async (service) => {
    const { lesson, printed } = await run(service, { SPOOR_SERVICE: service.serviceName });
    expect(await areServicesRunning(lesson)).toBe(true);
    expect(printed()).not.toMatch(/Reporting span|failed/);
  },
);

test.each([HTTP, GRPC])('$name without a name, or with another, is a stranger', async (service) => {
  const env: Record<string, string>[] = [{}, { SPOOR_SERVICE: 'another' }];
  for (const each of env) {
    const { lesson } = await run(service, each);
    await expect(areServicesRunning(lesson)).rejects.toThrow(LessonError);
  }
});

test('a stranger who never answers is one, too; a free port is nobody’s', async () => {
  // It reads, and says nothing.
  const stranger = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as { port: number };
  const lesson = { services: [{ ...HTTP, file: '', port }] };
  await expect(areServicesRunning(lesson)).rejects.toThrow(LessonError);
  stranger.close();
  await once(stranger, 'close');
  expect(await areServicesRunning(lesson)).toBe(false);
  expect(await areServicesRunning({ services: [] })).toBe(false);
});

test.each([
  ['http://http-service1:2334/httpService1', true],
  ['http://localhost:2335/httpService1', false],
  ['http://localhost:2334/other', false],
  ['no url', false],
])('on any host: %s', (actual, same) => {
  const tags = { 'http.url': 'http://localhost:2334/httpService1' };
  const [name, service] = ['call', 'jaeger-http-client'];
  const expected = { spans: [{ id: 'a', name, service, parent: null, tags, logs: [] }] };
  const span: ObservedSpan = {
    spanId: '1',
    parentId: undefined,
    operationName: name,
    serviceName: service,
    startTime: 0,
    duration: 1,
    hasError: false,
    tags: { 'http.url': actual },
    logs: [],
    processTags: {},
  };
  expect(compareOnAnyHost(expected, [span])).toHaveLength(same ? 0 : 1);
});
