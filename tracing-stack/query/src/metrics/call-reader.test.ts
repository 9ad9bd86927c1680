import type { Span, Trace, TraceId } from '@spoor/model';
import { expect, test, vi } from 'vitest';
import type { MeasuredReader } from '../measured-reader.ts';
import { HOUR, NOW, span, text } from '../testing/stored-spans.ts';
import { CallReader } from './call-reader.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;
const SECOND = 1e6;
const EVERYBODY = new AbortController().signal;

/** A store of these spans, a trace each, whose traces are given when the test says so. */
function slowReader(spans: readonly Span[]) {
  const asked: TraceId[] = [];
  const waiting: (() => void)[] = [];
  let searches = 0;
  const reader: Pick<MeasuredReader, 'findTraceIds' | 'trace'> = {
    async findTraceIds({ startTimeMin, startTimeMax }) {
      searches++;
      return spans
        .filter(({ startTime }) => startTime >= startTimeMin && startTime <= startTimeMax)
        .map(({ traceId }) => traceId);
    },
    async trace(traceId): Promise<Trace> {
      asked.push(traceId);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { traceId, spans: spans.filter((one) => one.traceId === traceId), warnings: [] };
    },
  };
  return {
    calls: new CallReader(reader as MeasuredReader),
    asked,
    searches: () => searches,
    give: () => waiting.shift()?.(),
  };
}

const call = (id: number, startTime: number) =>
  span(`${id}`, '1', {
    startTime,
    process: { serviceName: 'front', tags: [] },
    tags: [text('span.kind', 'server')],
  });

const query = (until: number, serviceNames = ['front']) => ({
  ...{ serviceNames, spanKinds: ['server'], groupByCaller: false, after: until - HOUR, until },
  step: 5 * SECOND,
});

test('what nobody waits for any longer is not read on', async () => {
  const { calls, asked, give } = slowReader([1, 2, 3].map((id) => call(id, NOW - SECOND)));
  const [one, other] = [new AbortController(), new AbortController()];
  const answers = [one, other].map(({ signal }) =>
    calls.calls(query(NOW), signal).catch((error) => error.code),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(1), SOON);
  one.abort();
  give();
  await vi.waitFor(() => expect(asked).toHaveLength(2), SOON);
  other.abort();
  give();
  expect(await Promise.all(answers)).toEqual(['abandoned', 'abandoned']);
  expect(asked).toHaveLength(2);
});

test('who asks a moment later has what is being read, cut to his time', async () => {
  const whole = NOW - (NOW % (5 * SECOND));
  const { calls, asked, searches, give } = slowReader([
    call(1, whole - HOUR + 1500),
    call(2, whole + 1500),
  ]);
  const answers = [1000, 2000].map((more) => calls.calls(query(whole + more), EVERYBODY));
  for (let reads = 1; reads <= 2; reads++) {
    await vi.waitFor(() => expect(asked).toHaveLength(reads), SOON);
    give();
  }
  // Of the first the one is in time, of the second the other.
  const times = (await Promise.all(answers)).map((samples) =>
    samples.groups(false).map((group) => group.samples.map(({ startTime }) => startTime - whole)),
  );
  expect(times).toEqual([[[1500 - HOUR]], [[1500]]]);
  expect(searches()).toBe(1);
});

test('four questions are read at once, and the next in its turn', async () => {
  const { calls, asked, searches, give } = slowReader([call(1, NOW - SECOND)]);
  const answers = [1, 2, 3, 4, 5].map((id) =>
    calls.calls(query(NOW, ['front', `${id}`]), EVERYBODY),
  );
  await vi.waitFor(() => expect(asked).toHaveLength(4), SOON);
  expect(searches()).toBe(8);
  for (let reads = 0; reads < 4; reads++) give();
  await vi.waitFor(() => expect(asked).toHaveLength(5), SOON);
  give();
  for (const samples of await Promise.all(answers)) expect(samples.size).toBe(1);
});
