import type { ObservedSpan } from '@spoor/analysis';
import type { TapEvent, TappedSpan } from '../harness/tap-event.ts';
import type { Run } from '../judge/run.ts';

export const CLIENT_UUID = 'c1';

/** For tests: a program that runs still, or has ended, and what is known of it. */
export function exampleRun(more: Partial<Run> = {}): Run {
  return {
    name: 'program',
    file: '/learner/program.ts',
    port: 2333,
    startedAt: 0,
    listening: () => Promise.resolve(true),
    ended: new Promise(() => {}),
    ending: undefined,
    hung: false,
    finish: () => new Promise(() => {}),
    stop: () => Promise.resolve(),
    lines: [],
    counters: [],
    tap: [],
    tapped: () => Promise.resolve(undefined),
    sent: [],
    clientUuids: new Set([CLIENT_UUID]),
    traceIds: new Set(),
    ...more,
  };
}

/** For tests: a span that `exampleRun` sent. */
export function exampleSpan(spanId: string, more: Partial<ObservedSpan> = {}): ObservedSpan {
  return {
    spanId,
    parentId: undefined,
    operationName: spanId,
    serviceName: 'service',
    startTime: 0,
    duration: 1000,
    hasError: false,
    tags: {},
    logs: [],
    processTags: { 'client-uuid': CLIENT_UUID },
    ...more,
  };
}

/** For tests: what the tap tells of a span; its id is its name. */
export function tappedSpan(
  type: 'start' | 'finish' | 'log',
  spanId: string,
  more: Partial<TappedSpan> = {},
): TapEvent {
  return {
    type,
    at: 0,
    client: 'spoor',
    service: 'service',
    clientUuid: CLIENT_UUID,
    operationName: spanId,
    sampled: true,
    traceId: 'a',
    spanId,
    parentId: '0'.repeat(16),
    ...more,
  };
}
