import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservedTrace } from '@spoor/analysis';
import type { Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersText, readAnswers } from './answers-file.ts';
import { flightTrace, flightTraceId } from './flight-trace.ts';
import { answersOf, isRight, QUESTIONS } from './questions.ts';

const SEEDS = Array.from({ length: 500 }, (_, at) => at * 7919 + 1);

/** As a query service tells it. */
function observed(spans: readonly Span[]): ObservedTrace {
  const record = (tags: Span['tags']) =>
    Object.fromEntries(tags.map(({ key, value }) => [key, String(value)]));
  return {
    traceId: spans[0]?.traceId ?? '',
    spans: spans.map((span) => ({
      spanId: span.spanId,
      parentId: span.references[0]?.spanId,
      operationName: span.operationName,
      serviceName: span.process.serviceName,
      startTime: span.startTime,
      duration: span.duration,
      hasError: false,
      tags: { 'internal.span.format': 'proto', ...record(span.tags) },
      logs: span.logs.map(({ timestamp, fields }) => ({ timestamp, fields: record(fields) })),
      processTags: {},
    })),
  } as unknown as ObservedTrace;
}

test('every seed gives a trace of which all questions have one answer', () => {
  for (const seed of SEEDS) {
    const { answers, parent, child, reader } = answersOf(observed(flightTrace(seed, 1e15)));
    expect(Object.values(answers).every((answer) => answer !== '')).toBe(true);
    expect(answers.longest).not.toBe(answers.root);
    expect(new Set([parent, child, reader]).size).toBe(3);
  }
});

test('what lasts longest in itself does so by far enough to be seen', () => {
  for (const seed of SEEDS) {
    const spans = flightTrace(seed, 1e15);
    const own = spans
      .map(({ spanId, duration }) =>
        spans
          .filter(({ references }) => references[0]?.spanId === spanId)
          .reduce((left, child) => left - child.duration, duration),
      )
      .sort((a, b) => b - a);
    expect(own[0]).toBeGreaterThan(2 * (own[1] ?? 0));
  }
});

test('children lie inside their parents, and never beside each other at the same time', () => {
  for (const seed of SEEDS) {
    const spans = flightTrace(seed, 1e15);
    for (const span of spans) {
      let free = span.startTime;
      for (const child of spans.filter(({ references }) => references[0]?.spanId === span.spanId)) {
        expect(child.startTime).toBeGreaterThanOrEqual(free);
        free = child.startTime + child.duration;
      }
      expect(free).toBeLessThanOrEqual(span.startTime + span.duration);
    }
  }
});

test('a seed gives always the same trace, and other seeds others', () => {
  const told = (seed: number) =>
    JSON.stringify(answersOf(observed(flightTrace(seed, 1e15))).answers);
  expect(flightTrace(42, 1e15)).toEqual(flightTrace(42, 1e15));
  expect(new Set(SEEDS.map(flightTraceId)).size).toBe(SEEDS.length);
  // Of two learners side by side hardly any have the same answers.
  expect(new Set(SEEDS.map(told)).size).toBeGreaterThan(0.98 * SEEDS.length);
});

test('all spans of a trace fit into one datagram', () => {
  for (const seed of SEEDS) {
    const process = { serviceName: 'airport-desk', tags: [] };
    expect(encodeEmitBatch(process, flightTrace(seed, 1e15), 1).length).toBeLessThan(8000);
  }
});

const ASKED: Parameters<typeof isRight>[2] = {
  answers: {
    spans: '7',
    root: 'refuel',
    longest: 'refuel',
    tag: 'runway',
    baggage: 'SP531',
    services: '3',
  },
  pairs: { tag: 'runway=34L', baggage: 'flight=SP531' },
};

test.each([
  ['7', 'spans', true],
  [' 7 ', 'spans', true],
  ['`Refuel`', 'root', true],
  ['“refuel”', 'root', true],
  ['refuel it', 'root', false],
  ['', 'root', false],
  ['', 'tag', false],
  ['runway', 'tag', true],
  ['runway=34L', 'tag', true],
  ['runway: "34l"', 'tag', true],
  ['runway=', 'tag', false],
  ['runway=07L', 'tag', false],
  ['crew=34L', 'tag', false],
  ['34L', 'tag', false],
  ['SP531', 'baggage', true],
  ['flight=SP531', 'baggage', true],
  ['`flight` = `SP531`', 'baggage', true],
  ['flight', 'baggage', false],
  ['seat=SP531', 'baggage', false],
] as const)('%s as the answer to %s is right: %s', (given, question, is) => {
  expect(isRight(given, question, ASKED)).toBe(is);
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-take-off-'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFile(join(folder, 'answers.json'), text);

test('answers are read as they were written, a number as text', async () => {
  await write('{ "seed": 5, "spans": 7, "root": "refuel" }');
  const empty = Object.fromEntries(QUESTIONS.map((question) => [question, '']));
  const read = await readAnswers(folder);
  expect(read).toEqual({ seed: 5, answers: { ...empty, spans: '7', root: 'refuel' } });
  await write(answersText(read));
  expect(await readAnswers(folder)).toEqual(read);
});

test.each([
  ['{', /cannot be read: /],
  ['[1]', /expected an object/],
  ['{"seed": "x"}', /"seed" is no whole number: "x"/],
  ['{"root": {}}', /"root" is neither text nor a number/],
])('a file with %s is told', async (text, reason) => {
  await write(text);
  await expect(readAnswers(folder)).rejects.toThrow(reason);
});
