import { readFileSync } from 'node:fs';
import type { ExpectedTrace } from '../expected/expected-trace.ts';
import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';

/** For tests: what a lesson expects. */
export function expectedOf(lesson: string): ExpectedTrace {
  const file = new URL(`../../../../lessons/${lesson}/expected.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** 2026-10-18, in microseconds; no whole number of milliseconds. */
export const START = 1_792_329_600_000_123;

/** When each expected span starts and how long it takes, in milliseconds. */
const TIMES: Readonly<Record<string, readonly [number, number]>> = {
  // Lesson 2.
  root: [0, 400],
  service1: [1, 300],
  'service2-in-service1': [50, 100],
  service2: [302, 97],
  // Lesson 3; its service1 is that of lesson 2 as well.
  front: [0, 400],
  call: [0.5, 303],
  // Lesson 4.
  client: [0, 20],
  server: [5, 10],
  // Lesson 1.
  first: [0, 1],
};

export type SpanChange = Partial<ObservedSpan> & {
  /** The parent's `id` among the expected spans, or of a span that was added. */
  readonly under?: string | null;
};

/**
 * For tests: the trace that a lesson wants, by a right program in the usual style. Spans are named by their `id`.
 * `changes` changes some of them; `null` leaves one out, and a name that is not expected adds a span.
 */
export function trace(
  expected: ExpectedTrace,
  changes: Readonly<Record<string, SpanChange | null>> = {},
  { traceId = 'a1', start = START } = {},
): ObservedTrace {
  const ids = [...expected.spans.map(({ id }) => id), ...Object.keys(changes)];
  const spans = [...new Set(ids)].flatMap((id): ObservedSpan[] => {
    const change = changes[id];
    if (change === null) return [];
    const wanted = expected.spans.find((span) => span.id === id);
    const [after, takes] = TIMES[id] ?? [100, 10];
    const { under = wanted?.parent ?? null, ...rest } = change ?? {};
    const startTime = start + after * 1000;
    return [
      {
        spanId: id,
        parentId: under ?? undefined,
        ...(under && { parentReference: 'CHILD_OF' }),
        operationName: wanted?.name ?? id,
        serviceName: wanted?.service ?? expected.spans[0]?.service ?? '',
        startTime,
        duration: takes * 1000,
        hasError: false,
        tags: { ...wanted?.tags, 'internal.span.format': 'proto' },
        logs: (wanted?.logs ?? []).map((fields) => ({ timestamp: startTime + 1, fields })),
        processTags: {
          hostname: 'h',
          ip: '10.0.0.1',
          'jaeger.version': 'Spoor-0.1.0',
          'client-uuid': wanted?.service ?? 'c',
        },
        ...rest,
      },
    ];
  });
  return { traceId, spans };
}

/** For tests: the spans named go to a trace of their own, without a parent outside of it. */
export function cutOff(
  { spans, traceId }: ObservedTrace,
  ...pieces: readonly (readonly string[])[]
): ObservedTrace[] {
  const taken = new Set(pieces.flat());
  const rest = spans.filter(({ spanId }) => !taken.has(spanId));
  return [
    { traceId, spans: rest },
    ...pieces.map((ids, i) => ({
      traceId: `${traceId}${i}`,
      spans: spans
        .filter(({ spanId }) => ids.includes(spanId))
        .map((span) => (ids.includes(span.parentId ?? '') ? span : rootOf(span))),
    })),
  ];
}

export function rootOf({ parentReference: _, ...span }: ObservedSpan): ObservedSpan {
  return { ...span, parentId: undefined };
}
