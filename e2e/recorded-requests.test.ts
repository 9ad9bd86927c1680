import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  type AllInOne,
  type AllInOneOptions,
  type AllInOnePorts,
  FREE_PORTS,
  startAllInOne,
} from '@spoor/all-in-one';
import { DEFAULT_SAMPLING } from '@spoor/collector';
import {
  contractDirectory,
  datagram,
  type Exchange,
  exchange,
  laterServices,
  notCompared,
  recordedCallExceptions,
  recordedCalls,
  recordedExceptions,
  recordedRequests,
} from '@spoor/fixtures';
import { createLogger } from '@spoor/platform';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { comparableBody, distinctSpans } from './comparable-answer.ts';
import { call, comparableCall, expectedCall } from './recorded-calls.ts';

/** Our name of the port on which a request was recorded, and the folder of its recording. */
const PORTS: Readonly<Record<number, { port: keyof AllInOnePorts; folder: string }>> = {
  5778: { port: 'agentHttp', folder: 'agent' },
  5775: { port: 'agentZipkin', folder: 'agent' },
  6831: { port: 'agentCompact', folder: 'agent' },
  6832: { port: 'agentBinary', folder: 'agent' },
  4318: { port: 'collectorOtlpHttp', folder: 'collector' },
  9411: { port: 'collectorZipkin', folder: 'collector' },
  14268: { port: 'collectorHttp', folder: 'collector' },
  14269: { port: 'collectorAdmin', folder: 'collector' },
  16686: { port: 'queryHttp', folder: 'query' },
};

/** Every store that runs without a server of its own must give the same answers. */
const STORES = ['embedded', 'memory'] as const;

/** The trace that a datagram brings; it is there when the trace is. */
const BROUGHT: Readonly<Record<string, string>> = {
  'agent-6831-compact': 'c1',
  'agent-6832-binary': 'c2',
  'agent-5775-zipkin': 'c3',
  'agent-5775-jaeger': 'c4',
  'agent-6831-zipkin': 'c5',
};

/** What clients go by. Lengths, dates and caching are each server's own. */
const HEADERS = [
  'access-control-allow-origin',
  'allow',
  'content-encoding',
  'content-type',
  'location',
  'vary',
  'x-content-type-options',
  'x-extra',
];

/** Whether the trace was sampled is each server's own. */
const TRACE_RESPONSE = /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/;

/** A UI of one line, `BASE` standing for the path at which it lives. */
const PAGE = '<!DOCTYPE html>BASE\n';

let directory: string;
let stack: AllInOne;
/** Milliseconds since 1970: the recordings have a day of their own. */
let now = 0;

async function start(
  type: (typeof STORES)[number],
  options: Pick<AllInOneOptions, 'query' | 'collector'> = {},
): Promise<void> {
  directory = await mkdtemp(join(tmpdir(), 'spoor-recorded-'));
  const uiDirectory = join(directory, 'ui');
  await mkdir(uiDirectory);
  const base = '<base href="/" data-inject-target="BASE_URL"/>';
  await writeFile(join(uiDirectory, 'index.html'), PAGE.replace('BASE', base));
  now = Date.parse('2026-11-22T17:58:33Z');
  stack = await startAllInOne({
    ports: { ...FREE_PORTS, collectorZipkin: 0 },
    storage: { type, embedded: { directory: join(directory, 'data') } },
    ...options,
    query: { ...options.query, uiDirectory },
    clock: () => now,
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
  });
}

async function stop(): Promise<void> {
  await stack.close();
  await rm(directory, { recursive: true });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

async function send(port: keyof AllInOnePorts, recorded: Exchange): Promise<Answer> {
  const { method, path, requestHeaders: headers, requestBody } = recorded;
  now = Math.max(now, Date.parse(recorded.headers.get('date') ?? ''));
  const asked = request({ host: '127.0.0.1', port: stack.ports[port] ?? 0, path, method, headers });
  asked.end(requestBody);
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    bytes: Buffer.concat(chunks),
  };
}

async function sendDatagram(name: string, port: keyof AllInOnePorts): Promise<void> {
  const socket = createSocket('udp4');
  socket.send(datagram(name), stack.ports[port], '127.0.0.1');
  await once(socket, 'listening');
  const brought = BROUGHT[name];
  const arrived = async () => (await fetch(`${stack.queryUrl}/api/traces/${brought}`)).ok;
  if (brought !== undefined)
    await vi.waitFor(async () => expect(await arrived()).toBe(true), { timeout: 30_000 });
  socket.close();
}

/** All of an answer that must be as it was recorded. */
function comparable({ status, headers, bytes }: Answer) {
  const type = headers['content-type'] as string | undefined;
  const raw = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : Buffer.from(bytes);
  const text = raw.toString();
  return {
    status,
    headers: Object.fromEntries(HEADERS.map((name) => [name, headers[name]])),
    traceresponse: TRACE_RESPONSE.test(String(headers['traceresponse'])),
    lines: text.split('\n').length,
    body: comparableBody(type, text),
  };
}

function expected(name: string, { status, headers, bytes }: Exchange) {
  const said = comparable({ status, headers: Object.fromEntries(headers), bytes });
  const { body, lines } = said;
  if (headers.get('content-type')?.startsWith('text/html')) {
    // The page is each UI's own, but for the path at which it lives.
    const [base = ''] = /<base [^>]*>/.exec(String(body)) ?? [];
    return { ...said, body: PAGE.replace('BASE', base), lines: PAGE.split('\n').length };
  }
  return { ...said, ...withoutLaterServices(name, withoutDoubles(name, body), lines) };
}

/** Of a trace that Jaeger had archived into the same memory, so that it told every span of it twice: a defect. */
function withoutDoubles(name: string, body: unknown): unknown {
  return /^query-v3-traces?$/.test(name) ? distinctSpans(body) : body;
}

/** A list of services as it would be if Jaeger had only the doors that we have. */
function withoutLaterServices(name: string, body: unknown, lines: number) {
  if (name === 'query-v3-services') {
    const { services } = body as { services: string[] };
    return { body: { services: services.filter((service) => !(service in laterServices)) }, lines };
  }
  if (!/^query-(services|origin)/.test(name)) return { body, lines };
  const { data, ...rest } = body as { data: string[] };
  const known = data.filter((service) => !(service in laterServices));
  return {
    body: { ...rest, data: known, total: `#${known.length}` },
    lines: lines === 1 ? 1 : lines - (data.length - known.length),
  };
}

/** The process as it would be without the tags that the recorded collector was told to add. */
function withoutAddedTags(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body).replace(
      /\{"key":"(?:cluster|env)","type":"string","value":"[^"]*"\},?/g,
      '',
    ),
  );
}

describe.each(STORES)(
  'what was asked of a real Jaeger is answered as it answered, from the %s store',
  (type) => {
    beforeAll(() => start(type), 60_000);
    afterAll(() => stop(), 60_000);

    for (const recorded of recordedRequests()) {
      const { name, method, port, path } = recorded;
      const reason = notCompared[name];
      if (reason !== undefined) {
        test.skip(`${name}: ${reason}`, () => undefined);
        continue;
      }
      const exception = recordedExceptions[name];
      const title = exception ? `${name}, but: ${exception.reason}` : `${name}: ${method} ${path}`;
      test(title, { timeout: 60_000 }, async () => {
        const ours = PORTS[port];
        if (ours === undefined)
          throw new Error(`${name}: nothing of ours answers for port ${port}`);
        if (method === 'UDP') return sendDatagram(name, ours.port);
        const said = exchange(`${ours.folder}/${name}`);
        const answer = comparable(await send(ours.port, said));
        if (exception === undefined) {
          expect(answer).toEqual(expected(name, said));
        } else {
          expect(answer.status).toBe(exception.status);
          expect(answer, 'take it off the list').not.toEqual(expected(name, said));
        }
      });
    }

    describe('and the calls over gRPC that came next', () => {
      for (const recorded of recordedCalls()) {
        const { name, path } = recorded;
        const exception = recordedCallExceptions[name];
        const title = exception ? `${name}, but: ${exception.reason}` : `${name}: ${path}`;
        test(title, { timeout: 60_000 }, async () => {
          const answer = await call(stack, recorded);
          if (exception === undefined) {
            expect(await comparableCall(recorded.path, answer)).toEqual(
              await expectedCall(recorded),
            );
          } else {
            expect(answer.code).toBe(exception.status);
            expect(await comparableCall(path, answer), 'take it off the list').not.toEqual(
              await expectedCall(recorded),
            );
          }
        });
      }
    });

    test('no exception is left over', () => {
      const sent = recordedRequests().filter(({ name }) => !(name in notCompared));
      const names = new Set(sent.map(({ name }) => name));
      expect(Object.keys(recordedExceptions).filter((name) => !names.has(name))).toEqual([]);
      const calls = new Set(recordedCalls().map(({ name }) => name));
      expect(Object.keys(recordedCallExceptions).filter((name) => !calls.has(name))).toEqual([]);
    });
  },
);

describe('with a base path, clock skew mended and a header of its own, a real Jaeger is answered for', () => {
  beforeAll(
    () =>
      start('embedded', {
        query: {
          basePath: '/jaeger',
          maxClockSkew: 5_000_000,
          additionalHeaders: new Map([['x-extra', '1']]),
        },
        collector: {
          sampling: {
            ...DEFAULT_SAMPLING,
            file: {
              ...DEFAULT_SAMPLING.file,
              location: join(contractDirectory, 'variant/strategies.json'),
            },
          },
        },
      }),
    60_000,
  );
  afterAll(() => stop(), 60_000);

  test.each(['skew-1', 'skew-2', 'skew-3', 'skew-4'])('%s is taken', async (name) => {
    const { status } = await send('collectorHttp', exchange(`variant/${name}`));
    expect(status).toBe(202);
  });

  test.each([
    'skew-adjusted',
    'skew-exceeded',
    'skew-raw',
    'basepath-root',
    'basepath-ui',
    'basepath-noslash',
    'basepath-api-outside',
    'basepath-services',
  ])('%s', async (name) => {
    const said = exchange(`variant/${name}`);
    const recorded = expected(name, said);
    expect(comparable(await send('queryHttp', said))).toEqual({
      ...recorded,
      // Jaeger sends the name of the header and hides its value: a defect.
      headers: { ...recorded.headers, 'x-extra': '1' },
      body: withoutAddedTags(recorded.body),
    });
  });

  const services = ['foo', 'bar', 'weird', 'plain', 'other'];
  test.each([
    ...services.map((service) => [`sampling-${service}`, 'agentHttp'] as const),
    ...services.map((service) => [`sampling-legacy-${service}`, 'agentHttp'] as const),
    ...services.map((service) => [`sampling-collector-${service}`, 'collectorHttp'] as const),
  ])('%s', async (name, port) => {
    const said = exchange(`variant/${name}`);
    expect(comparable(await send(port, said))).toEqual(expected(name, said));
  });
});
