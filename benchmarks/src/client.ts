/**
 * What a tracer costs its program: ours beside npm jaeger-client and OpenTelemetry JS, in one run. A span is started with
 * two tags, gets two more and a log, is finished, and travels in UDP packets to a receiver, which counts it.
 * `npm run bench:client -- [spans a round] [rounds]`
 */
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '@spoor/platform';
import { decodeEmitBatch, decodeEmitBatchBinary } from '@spoor/wire';
import { CONTESTANTS, type ContestantName } from './client-contestants.ts';
import type { ClientReport } from './client-run.ts';

const { positionals } = scriptArgs(
  {
    script: 'bench:client',
    takes: '[spans a round] [rounds]',
    summary: 'What a tracer costs its program: ours beside npm jaeger-client and OpenTelemetry JS.',
  },
  { allowPositionals: true },
);
const spans = Number(positionals[0] ?? 20_000);
const rounds = Number(positionals[1] ?? 3);

const receiver = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
let packets: Buffer[] = [];
receiver.on('message', (packet) => packets.push(packet));
await once(receiver.bind(0, '127.0.0.1'), 'listening');

/** Tracers that speak compact Thrift begin with its protocol id, the others with a version of binary. */
const spansIn = (packet: Buffer) =>
  (packet[0] === 0x82 ? decodeEmitBatch(packet) : decodeEmitBatchBinary(packet)).spans().length;

type Figures = ClientReport & { readonly lost: number };

async function measure(name: ContestantName): Promise<Figures> {
  packets = [];
  const program = fileURLToPath(new URL('./client-run.ts', import.meta.url));
  const child = fork(program, [name, String(receiver.address().port), String(spans)], {
    execArgv: ['--import', 'tsx'],
  });
  const ended = once(child, 'exit');
  const report = await Promise.race([
    once(child, 'message').then(([message]) => message as ClientReport),
    ended.then(([code]) => Promise.reject(new Error(`${name} ended with code ${code}`))),
  ]);
  await ended;
  await sleep(100);
  const arrived = packets.reduce((sum, packet) => sum + spansIn(packet), 0);
  return { ...report, lost: report.finished - arrived };
}

console.log(
  `${spans} spans a round, ${rounds} rounds, Node ${process.version}; CPU, the least of all rounds`,
);
const results = new Map<ContestantName, Figures[]>(CONTESTANTS.map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  // In turns, so that a busy machine is busy for all.
  for (const name of CONTESTANTS) results.get(name)?.push(await measure(name));
}
receiver.close();

const least = (name: ContestantName, figure: keyof Figures) =>
  Math.min(...(results.get(name) ?? []).map((figures) => figures[figure]));
const cell = (name: ContestantName, figure: keyof Figures, digits: number) => {
  const value = least(name, figure);
  const times = (value / least('spoor', figure)).toFixed(1);
  return `${value.toFixed(digits)} (×${times})`.padStart(20);
};
console.log(
  `${''.padEnd(14)}${'µs a span'.padStart(20)}${'µs an inject'.padStart(20)}${'µs an extract'.padStart(20)}   spans lost`,
);
for (const name of CONTESTANTS) {
  const lost = (results.get(name) ?? []).reduce((sum, figures) => sum + figures.lost, 0);
  const cells =
    cell(name, 'spanMicros', 1) + cell(name, 'injectMicros', 2) + cell(name, 'extractMicros', 2);
  console.log(`${name.padEnd(14)}${cells}${String(lost).padStart(13)}`);
}
