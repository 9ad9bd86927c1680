import { expect, test } from 'vitest';
import { exampleTrace } from '../example-trace.ts';
import { traceModel } from '../trace-model.ts';
import { bothClocks } from './both-clocks.ts';

const model = traceModel(
  exampleTrace([
    { spanID: '1', startTime: 1_000_000, duration: 100_000 },
    {
      spanID: '2',
      parent: '1',
      startTime: 1_025_000,
      duration: 50_000,
      warnings: ["This span's timestamps were adjusted by 525ms"],
    },
    {
      spanID: '3',
      parent: '1',
      startTime: 1_200_000,
      duration: 10_000,
      warnings: [
        'something else',
        'max clock skew adjustment delta of 100ms exceeded; not applying calculated delta of -145ms',
      ],
    },
    {
      spanID: '4',
      parent: '1',
      startTime: 1_050_000,
      warnings: ["This span's timestamps were adjusted by 0.5µs"],
    },
  ]),
);
const { otherStart, behind, isMoved, model: shown } = bothClocks(model);
const absolute = (starts: Float64Array) => [...starts].map((at) => shown.startTime + at);

test('a span that was moved has its own time beside it, one that was not its caller’s', () => {
  expect(absolute(otherStart)).toEqual([Number.NaN, 500_000, 1_050_000, 1_055_000]);
  expect([...behind]).toEqual([0, 525_000, 0.5, -145_000]);
  expect([...isMoved]).toEqual([0, 1, 1, 0]);
});

test('the time line has room for both, and the bars stay where they are', () => {
  expect(shown.startTime).toBe(500_000);
  expect(shown.duration).toBe(710_000);
  expect(absolute(shown.start)).toEqual([1_000_000, 1_025_000, 1_050_000, 1_200_000]);
  expect(model.startTime).toBe(1_000_000);
});
