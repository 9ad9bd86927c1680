import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test, vi } from 'vitest';
import { comparableBody } from '../comparable-answer.ts';
import { judge, type Met } from './accepted.ts';
import {
  CLIENTS,
  type ClientName,
  type Door,
  type Reported,
  report,
  SPAN_COUNT,
} from './clients.ts';
import { jsonLines } from './json-lines.ts';
import { minorOf, type Peer, readPeer, speaks, type Transport } from './peers.ts';
import { postSpans, recordedCalls, recordedSpans } from './recorded-calls.ts';
import {
  expectedSampling,
  expectedTrace,
  RECORDING,
  REFERENCE_VERSION,
  recordSampling,
  recordTrace,
  writeReference,
} from './reference.ts';
import type { Row } from './rows.ts';
import { type Started, startComponent } from './running.ts';
import { QUESTIONS, STRATEGIES, samplingLines } from './sampling.ts';
import { type Area, fetchedServers, type RunningStore, type Store, storesFor } from './stores.ts';
import { differences, type TraceLines, traceLines } from './trace-lines.ts';

const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
if (others.some(({ internal }) => !internal))
  throw new Error('these tests take default ports: npm run test:interop gives them a network');

const folders = (name: string) =>
  (process.env[name] ?? '').split(':').filter((each) => each !== '');
const [ours] = await Promise.all(folders('INTEROP_OURS').map(readPeer));
if (ours === undefined) throw new Error('INTEROP_OURS names no folder');
const peers = await Promise.all(folders('JAEGER_BIN').map(readPeer));
const servers = process.env['INTEROP_STORES'] === 'none' ? [] : fetchedServers();

const TRANSPORTS: readonly Transport[] = ['gRPC', 'TChannel'];
const CLIENT_NAMES = Object.keys(CLIENTS) as ClientName[];
/** Milliseconds: a busy machine, and a store that is read late. */
const SOON = { timeout: 60_000, interval: 100 };

const met: Met = { possible: new Set(), seen: new Set() };
let directory: string;
let strategies: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-interop-'));
  const file = join(directory, 'strategies.json');
  await writeFile(file, JSON.stringify(STRATEGIES));
  strategies = [`--sampling.strategies-file=${file}`];
});
afterAll(async () => {
  if (RECORDING) writeReference();
  await rm(directory, { recursive: true });
});

/** Our query service stands beside theirs, on ports of its own. */
const OUR_QUERY_PORT = 26686;
const OUR_QUERY_PORTS: Readonly<Record<string, number>> = {
  'query.http-server.host-port': OUR_QUERY_PORT,
  'query.grpc-server.host-port': 26685,
  'admin.http.host-port': 26687,
};

function startQuery(peer: Peer, mine: boolean, { env, flags }: Area): Promise<Started> {
  if (!mine) return startComponent(peer, 'query', { env, flags });
  const ports = Object.entries(OUR_QUERY_PORTS)
    .filter(([name]) => peer.flags.query?.has(name))
    .map(([name, port]) => `--${name}=127.0.0.1:${port}`);
  const healthPort = OUR_QUERY_PORTS['admin.http.host-port'];
  return startComponent(peer, 'query', { env, flags: [...flags, ...ports], healthPort });
}

function startAgent(peer: Peer, transport: Transport): Promise<Started> {
  const flags =
    transport === 'gRPC'
      ? ['--reporter.grpc.host-port=127.0.0.1:14250']
      : ['--reporter.type=tchannel', '--reporter.tchannel.host-port=127.0.0.1:14267'];
  return startComponent(peer, 'agent', { flags });
}

/** Stops them in the order in which spans pass through, so that none waits for the next. */
async function stopAll(started: readonly (Started | undefined)[]): Promise<void> {
  for (const each of started) await each?.stop();
}

async function answerOf(port: number, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
}

/** The answer about a trace, once all of its spans are there, and how many are. */
function wholeTrace(
  port: number,
  traceId: string,
): Promise<{ readonly text: string; readonly spans: number }> {
  return vi.waitFor(async () => {
    const { status, text } = await answerOf(port, `/api/traces/${traceId}`);
    if (status !== 200) throw new Error(`${status} ${text}`);
    const { data } = JSON.parse(text) as { data: [{ spans: unknown[] }] };
    const spans = data[0].spans.length;
    if (spans < SPAN_COUNT) throw new Error(`only ${spans} spans`);
    return { text, spans };
  }, SOON);
}

/** Fails for what is not accepted; tells what is. */
function accept(mix: string, lines: readonly string[]): readonly string[] {
  const { unaccepted, reasons } = judge(mix, lines, met);
  expect(unaccepted, mix).toEqual([]);
  return reasons;
}

function tell({ task }: TestContext, row: Row): void {
  task.meta.row = row;
}

/** Who carries a trace from a client to an answer. */
interface Way {
  readonly peer: Peer;
  readonly agent?: Peer;
  readonly transport: Transport | 'HTTP';
  readonly collector: Peer;
  readonly store: string;
  readonly query: Peer;
}

/** One test a client and query service: the trace is told as a Jaeger v1.62.0 tells it. */
function testTrace(
  client: ClientName,
  door: Door,
  port: number,
  way: Way,
  reported: () => readonly Reported[],
): void {
  const { peer, agent, transport, collector, store, query } = way;
  const by = agent ? `agent ${agent.version} and ${transport}` : transport;
  const mix = `${client} by ${by} to collector ${collector.version}, ${store}, query ${query.version}`;
  test(mix, async (context) => {
    const trace = reported().find((each) => each.client === client && each.door === door);
    if (trace === undefined) throw new Error(`${client} reported nothing`);
    const { text, spans } = await wholeTrace(port, trace.traceId);
    const lines = traceLines(text, trace.start);
    if (RECORDING && isReference(way)) recordTrace(client, door, lines);
    const accepted = accept(mix, differences(expectedTrace(client, door, transport), lines));
    tell(context, {
      kind: 'trace',
      peer: peer.version,
      client,
      agent: agent?.version ?? '',
      transport,
      collector: collector.version,
      store,
      query: query.version,
      spans,
      accepted,
    });
  });
}

function isReference({ agent, collector, query }: Way): boolean {
  return [agent ?? collector, collector, query].every((each) => each.version === REFERENCE_VERSION);
}

/** How many spans the collector says that it has stored. */
async function savedSpans(): Promise<number> {
  const { text } = await answerOf(14269, '/metrics');
  const counts = text.matchAll(
    /^jaeger_collector_spans_saved_by_svc(?:_total)?\{[^}]*result="ok"[^}]*\} (\d+)$/gm,
  );
  return Array.from(counts, ([, count]) => Number(count)).reduce((sum, count) => sum + count, 0);
}

/** The minor version before whose time tags came in the order in which they were set; later ones sort them. */
const SORTS_TAGS = 62;

function withSortedTags(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withSortedTags);
    const isTags = items.some(
      (item) => typeof (item as { key?: unknown } | null)?.key === 'string',
    );
    return isTags ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withSortedTags(each)]),
  );
}

/** What an answer to a call says; what Jaeger leaves to chance is sorted. */
function callLines(name: string, status: number, body: string, query: Peer): TraceLines {
  const said = comparableBody('application/json', body);
  const answer = minorOf(query) < SORTS_TAGS ? withSortedTags(said) : said;
  return Object.fromEntries([[`${name}.status`, `${status}`], ...jsonLines(answer, name)]);
}

function testSampling(peer: Peer, agent: Peer, transport: Transport, collector: Peer): void {
  const mix = `sampling from collector ${collector.version} by ${transport} to agent ${agent.version}`;
  test(mix, async (context) => {
    const lines = await samplingLines();
    if (RECORDING && [agent, collector].every(({ version }) => version === REFERENCE_VERSION))
      recordSampling(lines);
    const accepted = accept(mix, differences(expectedSampling(), lines));
    const answers = QUESTIONS.length;
    tell(context, {
      kind: 'sampling',
      peer: peer.version,
      agent: agent.version,
      transport,
      collector: collector.version,
      answers,
      accepted,
    });
  });
}

/** Both clients, one after the other, by the same door. */
async function reportAll(door: Door): Promise<Reported[]> {
  const reported: Reported[] = [];
  for (const client of CLIENT_NAMES) reported.push(await report(client, door));
  return reported;
}

describe.each(peers)('$version', (theirs) => {
  /** Theirs first: what they answer is the reference when it is recorded. */
  const sides = [theirs, ours];
  const queryPort = (side: number) => (side === 0 ? 16686 : OUR_QUERY_PORT);

  const stores = storesFor(ours, theirs, servers);
  if (stores.length === 0)
    test.skip(
      `components apart: ${theirs.version} shares no store with ours without a server (npm run test:interop -- --stores all)`,
    );

  describe.each(stores)('by $name', (store: Store) => {
    let running: RunningStore;
    beforeAll(async () => {
      running = await store.start();
    });
    afterAll(() => running.close());

    describe('traces', () => {
      let area: Area;
      let queries: Started[];
      beforeAll(async () => {
        area = await running.area('traces');
        queries = await Promise.all(sides.map((each, i) => startQuery(each, i === 1, area)));
      });
      afterAll(async () => {
        await stopAll(queries);
        await area.close();
      });

      for (const [i, collector] of sides.entries())
        describe(`by ${i === 0 ? 'their' : 'our'} collector`, () => {
          let started: Started;
          let reported: Reported[];
          beforeAll(async () => {
            const { env, flags } = area;
            started = await startComponent(collector, 'collector', {
              env,
              flags: [...flags, ...strategies],
            });
            reported = await reportAll('http');
          });
          afterAll(() => started.stop());

          for (const client of CLIENT_NAMES)
            for (const [q, query] of sides.entries()) {
              const way = { peer: theirs, transport: 'HTTP', collector, query } as const;
              const whole = { ...way, store: store.name };
              testTrace(client, 'http', queryPort(q), whole, () => reported);
            }

          for (const agent of sides)
            for (const transport of TRANSPORTS) {
              if (!speaks(agent, 'agent', transport) || !speaks(collector, 'collector', transport))
                continue;
              const which = agent === theirs ? 'their' : 'our';
              describe(`by ${which} agent over ${transport}`, () => {
                let link: Started;
                let byAgent: Reported[];
                beforeAll(async () => {
                  link = await startAgent(agent, transport);
                  byAgent = await reportAll('udp');
                });
                afterAll(() => link.stop());

                for (const client of CLIENT_NAMES)
                  for (const [q, query] of sides.entries()) {
                    const way = { peer: theirs, agent, transport, collector, query };
                    const whole = { ...way, store: store.name };
                    testTrace(client, 'udp', queryPort(q), whole, () => byAgent);
                  }
                testSampling(theirs, agent, transport, collector);
              });
            }
        });
    });

    for (const [i, collector] of sides.entries())
      describe(`the recorded calls, written by ${i === 0 ? 'their' : 'our'} collector`, () => {
        const start = BigInt(Math.floor(Date.now() / 1000) - 600) * 1_000_000n;
        const calls = recordedCalls(store.recorded, start);
        let area: Area;
        let queries: Started[];
        beforeAll(async () => {
          area = await running.area(`calls${i}`);
          const started = await startComponent(collector, 'collector', area);
          const spans = recordedSpans(store.recorded, start);
          await postSpans(spans);
          // Some leave what they have not written when they are told to stop.
          await vi.waitFor(async () => expect(await savedSpans()).toBe(spans.length), SOON);
          await started.stop();
          queries = await Promise.all(sides.map((each, q) => startQuery(each, q === 1, area)));
        });
        afterAll(async () => {
          await stopAll(queries);
          await area.close();
        });

        for (const [q, query] of sides.entries()) {
          const mix = `collector ${collector.version}, ${store.name}, query ${query.version}`;
          test(`${calls.length} calls: ${mix}`, async (context) => {
            const port = queryPort(q);
            await vi.waitFor(async () => {
              const { data } = JSON.parse((await answerOf(port, '/api/services')).text);
              expect(data).toHaveLength(4);
            }, SOON);
            const lines: string[] = [];
            for (const { name, path, status, body } of calls) {
              const got = await answerOf(port, path);
              lines.push(
                ...differences(
                  callLines(name, status, body, query),
                  callLines(name, got.status, got.text, query),
                ),
              );
            }
            const accepted = accept(`calls: ${mix}`, lines);
            tell(context, {
              kind: 'calls',
              peer: theirs.version,
              collector: collector.version,
              store: store.name,
              query: query.version,
              calls: calls.length,
              accepted,
            });
          });
        }
      });
  });

  for (const [i, side] of sides.entries())
    describe(`all in one, ${i === 0 ? 'theirs' : 'ours'}`, () => {
      let started: Started;
      const reported: Reported[] = [];
      beforeAll(async () => {
        const env = { SPAN_STORAGE_TYPE: 'memory' };
        started = await startComponent(side, 'all-in-one', { env, flags: strategies });
        reported.push(...(await reportAll('udp')), ...(await reportAll('http')));
      });
      afterAll(() => started.stop());

      const way = { peer: theirs, collector: side, query: side, store: 'memory, all in one' };
      for (const client of CLIENT_NAMES) {
        const byAgent = { ...way, agent: side, transport: 'gRPC' } as const;
        testTrace(client, 'udp', 16686, byAgent, () => reported);
        const direct = { ...way, transport: 'HTTP' } as const;
        testTrace(client, 'http', 16686, direct, () => reported);
      }
      testSampling(theirs, side, 'gRPC', side);
    });
});

test('no accepted difference is left over', () => {
  const left = [...met.possible].filter((each) => !met.seen.has(each) && !each.sometimes);
  expect(left).toEqual([]);
});
