// The trace of lesson 0: a flight takes off. Each learner's is made from a seed of their own, always the same one from
// the same seed, so that answers cannot be copied and can be asked for again.
import { createSocket } from 'node:dgram';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ObservedTrace } from '@spoor/analysis';
import type { KeyValue, Log, Micros, Process, Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import type { AgentAddress } from '../lib/agent-address.ts';
import type { QueryApi } from '../lib/query-api.ts';

const ROOTS = ['board-flight', 'prepare-departure', 'clear-for-takeoff', 'push-back'] as const;
const TASKS = [
  'check-passport',
  'weigh-suitcase',
  'load-catering',
  'refuel',
  'read-weather',
  'file-flight-plan',
  'assign-gate',
  'print-boarding-pass',
  'de-ice-wings',
  'count-passengers',
  'close-doors',
  'test-flaps',
] as const;
const SERVICES = ['airport-desk', 'airport-ramp', 'airport-tower'] as const;
const TAGS = [
  ['gate', ['A3', 'B12', 'C7', 'D21']],
  ['runway', ['07L', '16R', '25C', '34L']],
  ['seat', ['1A', '14C', '22F', '31K']],
  ['crew', ['4', '6', '9', '11']],
  ['weather', ['fog', 'rain', 'wind', 'sun']],
] as const;

const MILLISECOND = 1000;
/** A process answers within a moment; what hangs under it begins and ends well inside. */
const SHORT_MS = [12, 60] as const;
const LONG_MS = [180, 260] as const;

/** Where a span stands: all of them but the root hang under the one with the number `under`. */
interface Task {
  readonly name: string;
  readonly service: string;
  readonly under: number;
  /** What it takes by itself, beside its children; milliseconds. */
  readonly own: number;
  readonly tags: KeyValue[];
  readonly logs: readonly KeyValue[][];
}

/** The spans of a learner's trace, in which the first is the root, as if it ended at `end`. */
export function flightTrace(seed: number, end: Micros): Span[] {
  const random = randomNumbers(seed);
  const tasks = flight(random);
  const [traceId, ...spanIds] = Array.from({ length: tasks.length + 1 }, () => randomId(random));
  const durations = tasks.map((_, at) => durationOf(at, tasks));
  const start = end - (durations[0] ?? 0) * MILLISECOND;
  const starts = startsOf(tasks, durations);
  return tasks.map((task, at): Span => {
    const startTime = start + (starts[at] ?? 0) * MILLISECOND;
    const parent = spanIds[task.under];
    return {
      traceId: traceId ?? '',
      spanId: spanIds[at] ?? '',
      operationName: task.name,
      references:
        at === 0 || !parent
          ? []
          : [{ refType: 'CHILD_OF', traceId: traceId ?? '', spanId: parent }],
      flags: 1,
      startTime,
      duration: (durations[at] ?? 0) * MILLISECOND,
      tags: task.tags,
      logs: task.logs.map((fields): Log => ({ timestamp: startTime + MILLISECOND, fields })),
      process: { serviceName: task.service, tags: [] },
      warnings: [],
    };
  });
}

/** Which trace a seed stands for. */
export function flightTraceId(seed: number): string {
  return flightTrace(seed, 0)[0]?.traceId ?? '';
}

const ASK_EVERY_MS = 20;

/**
 * Sends a learner's trace to an agent, unless the query service has it, and waits until it is there whole. Gives
 * `undefined` if it did not come in time.
 */
export async function sendFlightTrace(
  seed: number,
  agent: AgentAddress,
  query: QueryApi,
  withinMs = 5000,
): Promise<ObservedTrace | undefined> {
  const spans = flightTrace(seed, Date.now() * MILLISECOND);
  const traceId = flightTraceId(seed);
  const there = await query.trace(traceId);
  if (there && there.spans.length >= spans.length) return there;
  const deadline = performance.now() + withinMs;
  if (!there) await send(spans, agent);
  while (performance.now() < deadline) {
    const trace = await query.trace(traceId);
    if (trace && trace.spans.length >= spans.length) return trace;
    await delay(ASK_EVERY_MS);
  }
  return undefined;
}

/** Each service reports its own spans, in one datagram. */
async function send(spans: readonly Span[], { host, port }: AgentAddress): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const sendTo = promisify<Uint8Array, number, string, number>((bytes, at, address, done) =>
    socket.send(bytes, at, address, done),
  );
  try {
    for (const serviceName of new Set(spans.map(({ process }) => process.serviceName))) {
      const process: Process = { serviceName, tags: [] };
      const own = spans.filter((span) => span.process.serviceName === serviceName);
      await sendTo(encodeEmitBatch(process, own, 1), port, host);
    }
  } finally {
    socket.close();
  }
}

/** The root, two or three tasks under it, and under one of them two more, of which the last has one in another service. */
function flight(random: () => number): Task[] {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const between = ([from, to]: readonly [number, number]) =>
    Math.round(from + random() * (to - from));
  const names = shuffled(TASKS, random);
  const [desk, ramp, tower] = SERVICES;
  const third = random() < 0.5 ? tower : ramp;
  const tags = shuffled(TAGS, random).map(([key, values]) => text(key, pick(values)));
  const [flightNumber, ...tagged] = [
    text('flight', `SP${100 + Math.floor(random() * 900)}`),
    ...tags,
  ];

  const first = 2 + Math.floor(random() * 2);
  const tasks: Task[] = [];
  const add = (name: string, service: string, under: number, own = between(SHORT_MS)) => {
    tasks.push({ name, service, under, own, tags: [], logs: [] });
    return tasks.length - 1;
  };
  const root = add(pick(ROOTS), desk, -1);
  const branches = Array.from({ length: first }, () => add(names.pop() ?? '', desk, root));
  const branch = pick(branches);
  const inner = add(names.pop() ?? '', ramp, branch);
  add(names.pop() ?? '', ramp, branch);
  const last = add(names.pop() ?? '', third, inner);
  if (random() < 0.5) add(names.pop() ?? '', ramp, inner);

  // Which of a parent's tags its child has not: there is exactly one.
  const [kept, left] = tagged as [KeyValue, KeyValue];
  const change = (at: number, more: Partial<Task>) => {
    tasks[at] = { ...(tasks[at] as Task), ...more };
  };
  change(branch, { tags: random() < 0.5 ? [kept, left] : [left, kept] });
  change(inner, { tags: [kept] });
  // A tracer notes on the span what is put into baggage; a service that reads it may keep it as a tag.
  change(root, {
    logs: [
      [
        text('event', 'baggage'),
        text('key', flightNumber.key),
        text('value', String(flightNumber.value)),
      ],
    ],
  });
  change(last, { tags: [flightNumber] });
  // Neither the root nor what lasts long only because of its children.
  const slow = pick(tasks.map((_, at) => at).filter((at) => at !== root && at !== branch));
  change(slow, { own: between(LONG_MS) });
  return tasks;
}

function durationOf(at: number, tasks: readonly Task[]): number {
  const children = tasks.flatMap(({ under }, child) => (under === at ? [child] : []));
  const own = tasks[at]?.own ?? 0;
  return own + children.reduce((sum, child) => sum + durationOf(child, tasks), 0);
}

/** One after the other, with the parent's own time in equal parts before, between and after them. */
function startsOf(tasks: readonly Task[], durations: readonly number[]): number[] {
  const starts = tasks.map(() => 0);
  for (const [at, { own }] of tasks.entries()) {
    const children = tasks.flatMap(({ under }, child) => (under === at ? [child] : []));
    const gap = own / (children.length + 1);
    let next = (starts[at] ?? 0) + gap;
    for (const child of children) {
      starts[child] = Math.round(next);
      next += (durations[child] ?? 0) + gap;
    }
  }
  return starts;
}

function text(key: string, value: string): KeyValue {
  return { key, type: 'string', value };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function randomId(random: () => number): string {
  const half = () =>
    Math.floor(random() * 0xffff_ffff)
      .toString(16)
      .padStart(8, '0');
  return `${half()}${half()}`;
}

/** Mulberry32 (Tommy Ettinger, public domain): numbers from 0 up to 1, always the same ones from the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
