import type { ExpectedSpan, ShapeFinding } from '@spoor/analysis';
import { describe, expect, test } from 'vitest';
import { unexplained as unexplainedHttp } from '../03-http/unexplained.ts';
import { unexplained as unexplainedGrpc } from '../04-grpc/unexplained.ts';
import { loadLesson, loadLessons } from './lesson-manifest.ts';

test('the steps that an expected trace names are those of its lesson, and no tag is asked for before its span', async () => {
  let [named, later] = [0, 0];
  for (const { exercise, expected } of await loadLessons()) {
    const steps = exercise?.steps.map(({ id }) => id) ?? [];
    for (const { step, tagSteps = {}, tags } of expected.spans) {
      for (const each of [step, ...Object.values(tagSteps)].filter((id) => id !== undefined)) {
        expect(steps).toContain(each);
        named++;
      }
      for (const [key, at] of Object.entries(tagSteps)) {
        expect(Object.keys(tags)).toContain(key);
        expect(at > (step ?? '')).toBe(true);
        later++;
      }
    }
  }
  // Where nothing is named, nothing was looked at.
  expect(named).toBeGreaterThan(0);
  expect(later).toBeGreaterThan(0);
});

// The page draws by expected.json what the judge tells by its rules: both have to speak of the same step.
describe.each([
  ['3', unexplainedHttp],
  [
    '4',
    (...[shape, probed]: Parameters<typeof unexplainedHttp>) =>
      unexplainedGrpc(shape, probed, { client: 'c', server: 's' }),
  ],
] as const)('in lesson %s', (number, unexplained) => {
  test('a tag is missed at the step that expected.json names', async () => {
    const { expected } = await loadLesson(Number(number));
    const wantedTags = expected.spans.flatMap((span) => Object.keys(span.tags));
    expect(wantedTags).not.toEqual([]);
    for (const wanted of expected.spans)
      for (const key of Object.keys(wanted.tags))
        expect([wanted.id, key, unexplained([missing(wanted, key)], [])[0]?.step]).toEqual([
          wanted.id,
          key,
          wanted.tagSteps?.[key] ?? wanted.step,
        ]);
  });
});

function missing({ id, name }: ExpectedSpan, key: string): ShapeFinding {
  const rule = key === 'span.kind' ? 'A-KIND' : 'A-TAG';
  return { rule, variant: 'MISSING', params: { span: name, key, expected: '' }, expected: id };
}
