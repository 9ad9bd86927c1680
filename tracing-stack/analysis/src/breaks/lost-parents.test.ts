import { describe, expect, test } from 'vitest';
import { observedSpan, server, traceOf } from './example-trace.ts';
import { lostParents, parentCircles } from './lost-parents.ts';

describe('a parent that is not in the trace', () => {
  test('is told once, with all its children, in order of start', () => {
    const trace = traceOf(
      '1',
      observedSpan('c', [30, 5], 'gone'),
      observedSpan('a', [10, 5], 'gone'),
      observedSpan('b', [12, 1], 'a'),
    );
    expect(lostParents(trace)).toMatchObject([
      { parentId: 'gone', children: [{ spanId: 'a' }, { spanId: 'c' }], from: 'own' },
    ]);
  });

  test('was started by the caller if a child takes a request', () => {
    const trace = traceOf('1', observedSpan('a', [10, 5], 'gone', { tags: server }));
    expect(lostParents(trace)).toMatchObject([{ from: 'caller', laterSpans: 0 }]);
  });

  test('is of an unknown process if its children are of several', () => {
    const trace = traceOf(
      '1',
      observedSpan('a', [10, 5], 'gone', { serviceName: 'one' }),
      observedSpan('b', [11, 5], 'gone', { serviceName: 'other' }),
    );
    expect(lostParents(trace)).toMatchObject([{ from: 'unknown' }]);
  });

  test('cannot have died with its process if that sent spans later', () => {
    const own = (uuid: string) => ({ processTags: { 'client-uuid': uuid } });
    const trace = traceOf(
      '1',
      observedSpan('root', [0, 100], undefined, own('x')),
      observedSpan('a', [10, 5], 'gone', own('x')),
      observedSpan('b', [20, 50], 'root', own('y')),
    );
    expect(lostParents(trace)).toMatchObject([{ from: 'own', laterSpans: 1 }]);
  });

  test('was the root if its id is the end of the trace id', () => {
    const id = '00000000000000ab';
    const trace = traceOf(`0000000000000001${id}`, observedSpan('a', [0, 1], id));
    expect(lostParents(trace)).toMatchObject([{ isRoot: true }]);
    expect(lostParents(traceOf('cd', observedSpan('a', [0, 1], id)))[0]?.isRoot).toBe(false);
  });

  test('is not told of a root, nor of a circle', () => {
    const trace = traceOf(
      '1',
      observedSpan('root', [0, 9]),
      observedSpan('a', [1, 1], 'b'),
      observedSpan('b', [2, 1], 'a'),
    );
    expect(lostParents(trace)).toEqual([]);
    expect(parentCircles(trace)).toMatchObject([{ spanId: 'a' }]);
  });
});
