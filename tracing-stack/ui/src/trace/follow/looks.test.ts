import type { TraceJson } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { QueryError } from '../../api/query-client.ts';
import { exampleTrace } from '../example-trace.ts';
import { moreSpans, WAITS } from './looks.ts';

const one = exampleTrace([{ spanID: '2', parent: '1' }]);
const two = exampleTrace([{ spanID: '1' }, { spanID: '2', parent: '1' }]);

/** Answers one after the other, the last for ever. */
function looks(...answers: (TraceJson | Error)[]) {
  const waits: number[] = [];
  const client = {
    async trace() {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const pause = async (milliseconds: number) => {
    waits.push(milliseconds);
  };
  const { signal } = new AbortController();
  return { waits, trace: moreSpans(client, 'a1', 1, signal, pause) };
}

test('a trace is given once it has more spans', async () => {
  const { waits, trace } = looks(one, one, two);
  expect(await trace).toBe(two);
  expect(waits).toEqual(WAITS.slice(0, 3));
});

test('one that is not there yet is looked for, too', async () => {
  const { trace } = looks(new QueryError('trace not found', 404), two);
  expect(await trace).toBe(two);
});

test('it is not looked for without end, and each wait is at least as long as the one before', async () => {
  const { waits, trace } = looks(one);
  expect(await trace).toBeUndefined();
  expect(waits).toEqual(WAITS);
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
});

test('what else the server says ends it', async () => {
  const { waits, trace } = looks(new QueryError('no store', 503));
  await expect(trace).rejects.toThrow('no store');
  expect(waits).toHaveLength(1);
});

test('when it is called off, it waits no longer', async () => {
  const calledOff = new AbortController();
  const client = {
    trace: async () => expect.unreachable('it was called off before the first look'),
  };
  const trace = moreSpans(client, 'a1', 1, calledOff.signal);
  calledOff.abort();
  await expect(trace).rejects.toThrow('aborted');
});
