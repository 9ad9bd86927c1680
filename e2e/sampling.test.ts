import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemoryReporter, initTracer } from '@spoor/client';
import type { Tracer as AnyTracer } from 'opentracing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Program, startProgram } from './program.ts';

// CommonJS without types.
const jaegerClient = createRequire(import.meta.url)('jaeger-client');

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
/** Doors of the collector that nobody knocks at here. */
const OTHER_DOORS = [
  ...['--collector.http-server.host-port', FREE, '--collector.port', '0'],
  ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
];
/** Milliseconds: long enough for a busy machine. */
const SOON = { timeout: 60_000, interval: 50 };

const OPERATIONS = ['list', 'pay', 'ship'];

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-sampling-'));
  file = join(directory, 'strategies.json');
});
afterEach(() => rm(directory, { recursive: true }));

/** Keeps of `shop` these operations, and no others. */
async function keep(...operations: string[]): Promise<void> {
  const strategies = {
    default_strategy: { type: 'probabilistic', param: 1 },
    service_strategies: [
      {
        service: 'shop',
        type: 'probabilistic',
        param: 0,
        // All of them: npm's sampler goes on as before with an operation that is no longer named.
        operation_strategies: OPERATIONS.map((operation) => ({
          operation,
          type: 'probabilistic',
          param: operations.includes(operation) ? 1 : 0,
        })),
      },
    ],
  };
  await writeFile(file, JSON.stringify(strategies));
}

function startCollector(): Promise<Program> {
  return startProgram(
    'collector',
    'grpcPort',
    ...['--collector.grpc-server.host-port', FREE, ...OTHER_DOORS],
    ...['--sampling.strategies-file', file, '--sampling.strategies-reload-interval', '50ms'],
    ...['--embedded.directory', join(directory, 'data'), ...ADMIN],
  );
}

function startAgent(collectorPort: number): Promise<Program> {
  return startProgram(
    'agent',
    'httpPort',
    ...['--processor.jaeger-compact.server-host-port', FREE],
    ...['--processor.jaeger-binary.server-host-port', FREE],
    ...['--processor.zipkin-compact.server-host-port', FREE],
    ...['--http-server.host-port', FREE, ...ADMIN],
    ...['--reporter.grpc.host-port', `127.0.0.1:${collectorPort}`],
  );
}

/** A tracer that asks at `port` ten times a second, and keeps nothing until it is answered. */
const MAKERS: Record<string, (service: string, port: number) => AnyTracer & { close(): unknown }> =
  {
    ours(serviceName, port) {
      const sampler = {
        type: 'remote',
        param: 0,
        hostPort: `127.0.0.1:${port}`,
        samplingRefreshInterval: 100,
      };
      const logger = { info: () => {}, error: () => {} };
      const reporter = new InMemoryReporter();
      return initTracer({ serviceName, sampler }, { reporter, logger, env: {} });
    },
    npm(serviceName, port) {
      const sampler = {
        type: 'remote',
        param: 0,
        host: '127.0.0.1',
        port,
        refreshIntervalMs: 100,
      };
      const reporter = new jaegerClient.InMemoryReporter();
      return jaegerClient.initTracer({ serviceName, sampler }, { reporter });
    },
  };

/** Which operations the tracer would keep now. */
function kept(tracer: AnyTracer): string[] {
  return OPERATIONS.filter((operation) => {
    const context = tracer.startSpan(operation).context() as unknown as { flags: number };
    return (context.flags & 1) === 1;
  });
}

test.each(Object.keys(MAKERS))(
  'the remote sampler of %s asks our agent, and obeys when the file of the collector changes',
  { timeout: 180_000 },
  async (maker) => {
    await keep('pay');
    await using collector = await startCollector();
    await using agent = await startAgent(collector.port);
    const make = MAKERS[maker] ?? expect.fail();
    const shop = make('shop', agent.port);
    const other = make('other', agent.port);
    try {
      await vi.waitFor(() => expect(kept(shop)).toEqual(['pay']), SOON);
      await vi.waitFor(() => expect(kept(other)).toEqual(OPERATIONS), SOON);
      await keep('list', 'ship');
      await vi.waitFor(() => expect(kept(shop)).toEqual(['list', 'ship']), SOON);
      await writeFile(file, 'broken');
      await vi.waitFor(() => expect(collector.lines.join()).toContain('cannot be read'), SOON);
      expect(kept(shop)).toEqual(['list', 'ship']);
      await keep('pay');
      await vi.waitFor(() => expect(kept(shop)).toEqual(['pay']), SOON);
    } finally {
      await shop.close();
      await other.close();
    }
  },
);

test('while the collector is away, clients go on as they were told, and obey when it is back', {
  timeout: 180_000,
}, async () => {
  await keep('pay');
  const first = await startCollector();
  await using agent = await startAgent(first.port);
  const url = `http://127.0.0.1:${agent.port}/sampling?service=shop`;
  const shop = MAKERS['ours']?.('shop', agent.port) ?? expect.fail();
  try {
    await vi.waitFor(() => expect(kept(shop)).toEqual(['pay']), SOON);
    await first.stop();
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(500), SOON);
    expect(kept(shop)).toEqual(['pay']);
    await keep('list');
    await using _collector = await startProgram(
      'collector',
      'grpcPort',
      ...['--collector.grpc-server.host-port', `127.0.0.1:${first.port}`],
      ...['--sampling.strategies-file', file, ...OTHER_DOORS],
      ...['--embedded.directory', join(directory, 'data'), ...ADMIN],
    );
    await vi.waitFor(() => expect(kept(shop)).toEqual(['list']), SOON);
  } finally {
    await shop.close();
  }
});

describe('adaptive sampling', () => {
  test('a busy operation comes to a small share, a quiet one to a large one, and a restart forgets neither', {
    timeout: 240_000,
  }, async () => {
    const flags = [
      '--sampling.config-type=adaptive',
      '--sampling.calculation-interval=300ms',
      // What is not seen for so many intervals is forgotten, and a restart may take some on a busy machine.
      '--sampling.aggregation-buckets=1000',
      '--sampling.delay=0s',
      '--sampling.initial-sampling-probability=0.5',
      '--sampling.target-samples-per-second=20',
      '--sampling.leader-lease-refresh-interval=50ms',
      '--sampling.follower-lease-refresh-interval=400ms',
      ...['--embedded.directory', join(directory, 'data'), ...ADMIN],
      ...['--collector.grpc-server.host-port', FREE, ...OTHER_DOORS],
    ];
    const first = await startProgram('collector', 'grpcPort', ...flags);
    const told = async (collector: Program) => {
      const url = `http://127.0.0.1:${collector.logged('httpPort')}/api/sampling?service=shop`;
      const { operationSampling } = (await (await fetch(url)).json()) as {
        operationSampling: {
          perOperationStrategies: {
            operation: string;
            probabilisticSampling: { samplingRate: number };
          }[];
        };
      };
      return new Map(
        operationSampling.perOperationStrategies.map((each) => [
          each.operation,
          each.probabilisticSampling.samplingRate,
        ]),
      );
    };
    const tracer = initTracer(
      {
        serviceName: 'shop',
        sampler: {
          type: 'remote',
          param: 0.5,
          samplingServerURL: `http://127.0.0.1:${first.logged('httpPort')}/api/sampling`,
          samplingRefreshInterval: 100,
        },
        reporter: {
          collectorEndpoint: `http://127.0.0.1:${first.logged('httpPort')}/api/traces`,
          bufferFlushInterval: 50,
        },
      },
      { env: {}, logger: { info: () => {}, error: () => {} } },
    );
    // About a thousand traces a second of one operation, and fifteen of the other.
    let turn = 0;
    const load = setInterval(() => {
      for (let i = 0; i < 20; i++) tracer.startSpan('busy').finish();
      if (turn++ % 3 === 0) tracer.startSpan('quiet').finish();
    }, 20);
    try {
      await vi.waitFor(async () => {
        const shares = await told(first);
        expect(shares.get('busy')).toBeLessThan(0.1);
        expect(shares.get('quiet')).toBeGreaterThan(0.6);
      }, SOON);
    } finally {
      clearInterval(load);
      await tracer.close();
    }
    await first.stop();
    await using second = await startProgram('collector', 'grpcPort', ...flags);
    await vi.waitFor(async () => {
      expect((await told(second)).get('busy')).toBeLessThan(0.2);
    }, SOON);
  });
});
