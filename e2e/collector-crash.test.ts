import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import type { Span } from '@spoor/model';
import { encodePostSpansRequest, encodeProtoBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
const POST_SPANS = '/jaeger.api_v2.CollectorService/PostSpans';
/** More with `CRASH_ROUNDS=100 npx vitest run e2e/collector-crash.test.ts`. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 2);
/** When the kills come; of a run that failed, its own brings the same pauses again. */
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now());
const SENDERS = 8;
const SPANS_A_BATCH = 10;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-crash-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

function startCollector() {
  return startProgram(
    'collector',
    'grpcPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0'],
    ...['--embedded.directory', directory, ...ADMIN],
  );
}

/** Posts batch after batch until the collector is gone; adds the spans of each acknowledged one to `acknowledged`. */
async function post(port: number, seed: number, acknowledged: Span[]): Promise<void> {
  const random = seededRandom(seed);
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  try {
    for (;;) {
      const spans = usualSpans(random, SPANS_A_BATCH, `sender-${seed}`);
      await new Promise<void>((resolve, reject) => {
        client.makeUnaryRequest(
          POST_SPANS,
          (batch: Uint8Array) => Buffer.from(encodePostSpansRequest(batch)),
          (answer: Buffer) => answer,
          encodeProtoBatch(spans),
          (error) => (error ? reject(error) : resolve()),
        );
      });
      acknowledged.push(...spans);
    }
  } catch (error) {
    // The kill shows as UNAVAILABLE; anything else is a failure of the test.
    if ((error as grpc.ServiceError).code !== grpc.status.UNAVAILABLE) throw error;
  } finally {
    client.close();
  }
}

test('what was acknowledged over gRPC is there after kill -9 and a restart', {
  timeout: 60_000 + ROUNDS * 20_000,
}, async () => {
  const acknowledged: Span[] = [];
  const wait = seededRandom(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const collector = await startCollector();
    const before = acknowledged.length;
    const senders = Array.from({ length: SENDERS }, (_, i) =>
      post(collector.port, SENDERS * round + i + 1, acknowledged),
    );
    const sent = Promise.all(senders);
    const enough = async () => {
      while (acknowledged.length < before + 200) await sleep(5);
      await sleep(wait.below(300));
    };
    // A sender that fails for another reason than the kill ends the wait, and the test.
    await Promise.race([enough(), sent]);
    await collector.kill();
    await sent;
  }

  await using _collector = await startCollector();
  await using query = await startProgram(
    'query',
    'port',
    ...[
      '--query.http-server.host-port',
      FREE,
      '--query.grpc-server.host-port',
      FREE,
      '--embedded.directory',
      directory,
      ...ADMIN,
    ],
  );
  const missing: string[] = [];
  for (const traceId of new Set(acknowledged.map((span) => span.traceId))) {
    const answer = await fetch(`http://127.0.0.1:${query.port}/api/traces/${traceId}`);
    const { data } = (await answer.json()) as { data: [{ spans: { spanID: string }[] }] | null };
    const found = new Set(data?.[0].spans.map((span) => span.spanID));
    for (const span of acknowledged) {
      if (span.traceId === traceId && !found.has(span.spanId)) missing.push(span.spanId);
    }
  }
  expect(acknowledged.length, `CRASH_SEED=${SEED}`).toBeGreaterThanOrEqual(200 * ROUNDS);
  expect(missing, `CRASH_SEED=${SEED}`).toEqual([]);
});
