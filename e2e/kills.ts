import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import type { Span } from '@spoor/model';
import { seededRandom } from '@spoor/wire/testkit';
import { expect } from 'vitest';
import { COLLECTOR_PORTS, lookFor, Sender } from './acknowledged-spans.ts';
import { type Program, startProgram } from './program.ts';

/** More with `CRASH_ROUNDS=20`. */
export const KILLS = Number(process.env['CRASH_ROUNDS'] ?? 2);
/** When the kills come; of a run that failed, its own brings the same pauses again. */
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now());
const SENDERS = 8;
const SPANS_A_ROUND = 200;
/** Behind those of the collectors' senders: the same would send the same spans, and the store may be the same. */
const SERVER_SEED = 1_000_000;

/** A server that the collector stores in. */
export interface Killable {
  start(): Promise<void>;
  kill(): Promise<void>;
}

/**
 * Posts spans over gRPC, and kills the collector again and again, or `server` under it, after two hundred further spans
 * were acknowledged. Then each acknowledged one must be in the store once. `store` tells our programs of it.
 */
export async function expectKillsToLoseNothing(
  store: readonly string[],
  server?: Killable,
): Promise<void> {
  const acknowledged: Span[] = [];
  let refused = 0;
  if (server) refused = await killServer(server, store, acknowledged);
  else await killCollectors(store, acknowledged);
  const seed = `CRASH_SEED=${SEED}`;
  const found = await lookFor(acknowledged, store);
  const killed = server ? 'the server' : 'the collector';
  console.info(
    `${KILLS} kills of ${killed}: ${acknowledged.length} spans acknowledged, ${refused} batches refused, ` +
      `${found.missing} spans missing, ${found.twice} found twice`,
  );
  expect(acknowledged.length, seed).toBeGreaterThanOrEqual(SPANS_A_ROUND * KILLS);
  expect(found, seed).toEqual({ missing: 0, twice: 0 });
}

function startCollector(store: readonly string[]): Promise<Program> {
  return startProgram('collector', 'grpcPort', ...COLLECTOR_PORTS, ...store);
}

async function killCollectors(store: readonly string[], acknowledged: Span[]): Promise<void> {
  const wait = seededRandom(SEED);
  for (let round = 0; round < KILLS; round++) {
    const collector = await startCollector(store);
    const sent = Promise.all(
      Array.from({ length: SENDERS }, (_, i) =>
        postUntilGone(collector.port, SENDERS * round + i + 1, acknowledged),
      ),
    );
    // A sender that fails for another reason than the kill ends the wait, and the test.
    await Promise.race([enough(acknowledged, wait.below(300)), sent]);
    await collector.kill();
    await sent;
  }
}

/** Adds the spans of each acknowledged batch to `acknowledged`, until the collector is gone. */
async function postUntilGone(port: number, seed: number, acknowledged: Span[]): Promise<void> {
  using sender = new Sender(port, seed);
  try {
    for (;;) acknowledged.push(...(await sender.post()));
  } catch (error) {
    // The kill shows as UNAVAILABLE; anything else is a failure of the test.
    if (!isRefusal(error)) throw error;
  }
}

/** Gives the number of batches that were refused. */
async function killServer(
  server: Killable,
  store: readonly string[],
  acknowledged: Span[],
): Promise<number> {
  const wait = seededRandom(SEED);
  const over = new AbortController();
  let refused = 0;
  await using collector = await startCollector(store);
  async function post(seed: number): Promise<void> {
    using sender = new Sender(collector.port, SERVER_SEED + seed);
    while (!over.signal.aborted) {
      try {
        acknowledged.push(...(await sender.post()));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused++;
        await sleep(100);
      }
    }
  }
  const sent = Promise.all(Array.from({ length: SENDERS }, (_, i) => post(i + 1)));
  for (let round = 0; round < KILLS; round++) {
    await Promise.race([enough(acknowledged, wait.below(300)), sent]);
    await server.kill();
    await server.start();
    console.info(`${round + 1} kills: ${acknowledged.length} spans acknowledged so far`);
  }
  await Promise.race([enough(acknowledged, 0), sent]);
  over.abort();
  await sent;
  return refused;
}

async function enough(acknowledged: readonly Span[], pauseMs: number): Promise<void> {
  const before = acknowledged.length;
  while (acknowledged.length < before + SPANS_A_ROUND) await sleep(5);
  await sleep(pauseMs);
}

function isRefusal(error: unknown): boolean {
  const { code } = error as grpc.ServiceError;
  return code === grpc.status.UNAVAILABLE || code === grpc.status.RESOURCE_EXHAUSTED;
}
