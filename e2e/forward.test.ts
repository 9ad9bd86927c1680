import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { adminText, counted, freePort } from './outage/agent-and-collector.ts';
import { compareWithStore, type SpanName } from './outage/compare.ts';
import { type Program, startProgram } from './program.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 60_000;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-forward-'));
});
afterEach(() => rm(directory, { recursive: true }));

function startCollector(name: string, otlpPort: number, ...flags: string[]): Promise<Program> {
  const doors = [
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.port',
    'collector.otlp.grpc.host-port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=127.0.0.1:0`);
  return startProgram(
    'collector',
    'grpcPort',
    ...doors,
    `--collector.otlp.http.host-port=127.0.0.1:${otlpPort}`,
    `--embedded.directory=${join(directory, name)}`,
    ...flags,
  );
}

async function post(collector: Program, batches: number, seed: number): Promise<SpanName[]> {
  const random = seededRandom(seed);
  const sent: SpanName[] = [];
  for (let i = 0; i < batches; i++) {
    const spans = usualSpans(random, 10);
    const answer = await fetch(`http://127.0.0.1:${collector.logged('httpPort')}/api/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-thrift' },
      body: Buffer.from(encodeBinaryBatch((spans[0] as Span).process, spans)),
    });
    expect(answer.status).toBe(202);
    sent.push(...spans);
  }
  return sent;
}

test('a chain of two collectors: what the first one acknowledged is in both stores, though the second was killed meanwhile', {
  timeout: 240_000,
}, async () => {
  const port = await freePort();
  const second = await startCollector('second', port);
  const first = await startCollector(
    'first',
    0,
    `--collector.forward.otlp=http://127.0.0.1:${port}`,
  );
  const forwarded = () => counted(first, 'spoor_collector_forward_spans_total{result="ok"}');

  const sent = await post(first, 30, 1);
  await vi.waitUntil(async () => (await forwarded()) === sent.length, SOON);
  await second.kill();

  sent.push(...(await post(first, 100, 2)));
  await vi.waitUntil(
    async () => (await counted(first, 'spoor_collector_forward_retries_total')) > 0,
    SOON,
  );
  expect(await counted(first, 'spoor_collector_forward_queue_bytes')).toBeGreaterThan(100_000);
  expect(first.lines.filter((line) => line.includes('does not take them')).length).toBe(1);

  const back = await startCollector('second', port);
  await vi.waitUntil(async () => (await forwarded()) === sent.length, SOON);
  expect(await adminText(first, '/metrics')).toMatch(
    /^spoor_collector_forward_spans_total\{result="dropped"\} 0$/m,
  );
  expect(await first.stop()).toBe(0);
  expect(await back.stop()).toBe(0);
  for (const store of ['first', 'second']) {
    expect(await compareWithStore(join(directory, store), sent)).toEqual({ missing: 0, twice: 0 });
  }
});
