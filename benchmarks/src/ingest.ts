/**
 * What a stored span costs on its whole way: UDP 6831 → agent → collector → embedded store, flushed to disk, in one
 * process of its own. `npm run bench:ingest -- [seconds a rate] [rates, spans/s] [spans a packet]`
 */
import { fork } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '@spoor/platform';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import type { StackReport } from './ingest-stack.ts';

const { positionals } = scriptArgs(
  {
    script: 'bench:ingest',
    takes: '[seconds a rate] [rates, spans/s] [spans a packet]',
    summary: 'What a stored span costs on its whole way.',
  },
  { allowPositionals: true },
);
const seconds = Number(positionals[0] ?? 4);
const rates = (positionals[1] ?? '5000,20000,50000,100000').split(',').map(Number);
const spansAPacket = Number(positionals[2] ?? 20);
/** Enough packets of their own traces that no cache sees the same one soon again. */
const PACKETS = 4000;
const TICK_MS = 5;
/** Longer than this without a new span in the store: what is missing now was lost. */
const QUIET_MS = 1500;

const packets = packetsOfUsualSpans();
const bytes = packets.reduce((sum, packet) => sum + packet.length, 0);
const perSpan = (bytes / (packets.length * spansAPacket)).toFixed(0);
console.log(
  `${seconds} s a rate, ${spansAPacket} spans a packet, ${perSpan} bytes a span, Node ${process.version}`,
);
console.log('asked/s    sent/s  stored/s   lost %   CPU µs a stored span   memory MB');
for (const rate of rates) await measure(rate);

async function measure(rate: number): Promise<void> {
  const stack = fork(fileURLToPath(new URL('./ingest-stack.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const socket = createSocket('udp4');
  try {
    const [{ port }] = (await once(stack, 'message')) as [{ port: number }];
    const ask = async (): Promise<StackReport> => {
      stack.send('report');
      const [report] = await once(stack, 'message');
      return report as StackReport;
    };
    await sendAtRate(socket, port, 2000, 1);
    await settled(ask);
    const before = await ask();
    const started = performance.now();
    const sent = await sendAtRate(socket, port, rate, seconds);
    const sendingMs = performance.now() - started;
    const lastStored = await settled(ask);
    const after = await ask();
    const stored = after.storedSpans - before.storedSpans;
    const cpu = (after.cpuMicros - before.cpuMicros) / stored;
    const perSecond = (count: number, ms: number) => Math.round((1000 * count) / ms);
    console.log(
      [
        String(rate).padEnd(8),
        String(perSecond(sent, sendingMs)).padStart(8),
        String(perSecond(stored, Math.max(sendingMs, lastStored - started))).padStart(9),
        ((100 * (sent - stored)) / sent).toFixed(2).padStart(8),
        cpu.toFixed(2).padStart(22),
        (after.memoryBytes / 1e6).toFixed(0).padStart(11),
      ].join(' '),
    );
  } finally {
    socket.close();
    stack.send('close');
    await once(stack, 'exit');
  }
}

/** Sends as many packets as `rate` asks for, tick by tick, and returns how many spans that were. */
async function sendAtRate(
  socket: Socket,
  port: number,
  rate: number,
  forSeconds: number,
): Promise<number> {
  const total = Math.ceil((rate * forSeconds) / spansAPacket);
  const started = performance.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, (rate * (performance.now() - started)) / 1000 / spansAPacket);
    while (sent < due) {
      const packet = packets[sent++ % packets.length];
      if (packet) socket.send(packet, port, '127.0.0.1');
    }
    await sleep(TICK_MS);
  }
  return sent * spansAPacket;
}

/** Waits until nothing new is stored; returns when the last span was. */
async function settled(ask: () => Promise<StackReport>): Promise<number> {
  let stored = -1;
  let last = performance.now();
  while (performance.now() - last < QUIET_MS) {
    const { storedSpans } = await ask();
    if (storedSpans !== stored) last = performance.now();
    stored = storedSpans;
    await sleep(50);
  }
  return last;
}

function packetsOfUsualSpans(): Buffer[] {
  const random = seededRandom(7);
  return Array.from({ length: PACKETS }, (_, i) => {
    const spans = usualSpans(random, spansAPacket, `service-${i % 10}`);
    const [first] = spans;
    if (first === undefined) throw new RangeError('a packet needs at least one span');
    return Buffer.from(encodeEmitBatch(first.process, spans, i));
  });
}
