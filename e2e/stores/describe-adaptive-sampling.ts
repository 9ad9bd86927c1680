import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InMemoryReporter, initTracer } from '@spoor/client';
import { keyValue, type Span } from '@spoor/model';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { COLLECTOR_PORTS, Sender } from '../acknowledged-spans.ts';
import { counted, startAgent } from '../outage/agent-and-collector.ts';
import { type Program, startProgram } from '../program.ts';

/** What clients are told before anything is known of an operation, and what those that send here obey. */
const FIRST_SHARE = 0.5;
const FLAGS = [
  '--sampling.config-type=adaptive',
  `--sampling.initial-sampling-probability=${FIRST_SHARE}`,
  '--sampling.target-samples-per-second=1',
  '--sampling.calculation-interval=1s',
  '--sampling.delay=1s',
  '--sampling.aggregation-buckets=600',
  '--sampling.leader-lease-refresh-interval=500ms',
  '--sampling.follower-lease-refresh-interval=4s',
];
const SOON = { timeout: 120_000, interval: 200 };

export interface AdaptiveOptions {
  readonly isMissing: boolean;
  /** What tells our programs of an empty store. */
  readonly flags: readonly string[];
  /** Removes everything. */
  clean(): Promise<void>;
}

/** Collectors that sample adaptively and have nothing in common but the store. */
export function describeAdaptiveSampling(name: string, options: AdaptiveOptions): void {
  describe.skipIf(options.isMissing)(`adaptive sampling on ${name}`, () => {
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'spoor-adaptive-'));
    });
    afterAll(async () => {
      await rm(directory, { recursive: true, force: true });
      await options.clean();
    });

    const startCollector = () =>
      startProgram('collector', 'grpcPort', ...COLLECTOR_PORTS, ...FLAGS, ...options.flags);

    const agentOf = (collector: Program, folder: string) =>
      startAgent({ way: 'gRPC', port: collector.port, directory: join(directory, folder) });

    test('one of two calculates from what both see, clients of both obey, and the other goes on when it is killed', async () => {
      await using first = await startCollector();
      await using second = await startCollector();
      await using firstAgent = await agentOf(first, 'first');
      await using secondAgent = await agentOf(second, 'second');
      const collectors = [first, second];
      const leaders = async () => {
        const leads = await Promise.all(collectors.map(isLeader));
        return collectors.filter((_, i) => leads[i]);
      };
      await vi.waitFor(async () => expect(await leaders()).toHaveLength(1), SOON);
      expect(await shareOf(firstAgent)).toBeUndefined();

      using toFirst = new Sender(first.port, 1);
      using toSecond = new Sender(second.port, 2);
      const over = new AbortController();
      const sending = [
        sendOften(toFirst, 'pay', over.signal),
        sendOften(toSecond, 'ship', over.signal),
      ];
      // Each operation is seen by one collector alone, and told by both.
      for (const agent of [firstAgent, secondAgent]) {
        for (const operation of ['pay', 'ship']) {
          await vi.waitFor(
            async () => expect(await shareOf(agent, operation)).toBeLessThan(FIRST_SHARE / 2),
            SOON,
          );
        }
      }
      over.abort();
      await Promise.all(sending);
      await vi.waitFor(() => clientKeepsFew(secondAgent), SOON);

      const [leader] = await leaders();
      await leader?.kill();
      const survivor = leader === first ? second : first;
      await vi.waitFor(async () => expect(await isLeader(survivor)).toBe(true), SOON);
      using toSurvivor = new Sender(survivor.port, 3);
      const later = new AbortController();
      const sendingOn = sendOften(toSurvivor, 'list', later.signal);
      const survivorAgent = survivor === first ? firstAgent : secondAgent;
      await vi.waitFor(
        async () => expect(await shareOf(survivorAgent, 'list')).toBeLessThan(FIRST_SHARE / 2),
        SOON,
      );
      later.abort();
      await sendingOn;

      // Who comes anew knows at once what was calculated before.
      await using third = await startCollector();
      await using thirdAgent = await agentOf(third, 'third');
      await vi.waitFor(
        async () => expect(await shareOf(thirdAgent, 'list')).toBeLessThan(FIRST_SHARE / 2),
        SOON,
      );
      expect(await isLeader(third)).toBe(false);
    });
  });
}

async function isLeader(collector: Program): Promise<boolean> {
  return (await counted(collector, 'spoor_collector_sampling_leader ')) === 1;
}

interface Strategy {
  readonly operationSampling: {
    readonly perOperationStrategies: readonly {
      readonly operation: string;
      readonly probabilisticSampling: { readonly samplingRate: number };
    }[];
  };
}

/** What an agent tells the clients of `shop` of an operation; `undefined` for nothing of its own. */
async function shareOf(agent: Program, operation = 'pay'): Promise<number | undefined> {
  const port = agent.logged('httpPort');
  const answer = await fetch(`http://127.0.0.1:${port}/sampling?service=shop`);
  expect(answer.status).toBe(200);
  const { operationSampling } = (await answer.json()) as Strategy;
  const strategies = operationSampling.perOperationStrategies;
  const own = strategies.find((strategy) => strategy.operation === operation);
  return own?.probabilisticSampling.samplingRate;
}

/** A tracer that asks the agent obeys it. */
async function clientKeepsFew(agent: Program): Promise<void> {
  const hostPort = `127.0.0.1:${agent.logged('httpPort')}`;
  const sampler = { type: 'remote', param: 1, hostPort, samplingRefreshInterval: 100 };
  const silent = { info() {}, error() {} };
  const reporter = new InMemoryReporter();
  const tracer = initTracer(
    { serviceName: 'shop', sampler },
    { reporter, logger: silent, env: {} },
  );
  try {
    await sleep(1000);
    for (let i = 0; i < 1000; i++) tracer.startSpan('pay').finish();
    expect(reporter.spans.length).toBeLessThan((1000 * FIRST_SHARE) / 2);
  } finally {
    await tracer.close();
  }
}

/** Some hundred traces a second of which each stands for two. */
async function sendOften(sender: Sender, operation: string, over: AbortSignal): Promise<void> {
  for (let batch = 0; !over.aborted; batch++) {
    await sender.send(Array.from({ length: 20 }, (_, i) => root(operation, 20 * batch + i)));
    await sleep(100);
  }
}

function root(operationName: string, number: number): Span {
  const id = (number + 1).toString(16).padStart(16, '0');
  return {
    traceId: id,
    spanId: id,
    operationName,
    references: [],
    flags: 1,
    startTime: Date.now() * 1000,
    duration: 1,
    tags: [keyValue('sampler.type', 'probabilistic'), keyValue('sampler.param', FIRST_SHARE)],
    logs: [],
    process: { serviceName: 'shop', tags: [] },
    warnings: [],
  };
}
