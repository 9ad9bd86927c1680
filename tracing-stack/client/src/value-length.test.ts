import { expect, test } from 'vitest';
import { testTracer } from './testkit/test-tracer.ts';

/** What a tracer of this limit reports of a tag, and whether it was cut. */
function reportedOf(value: unknown, maxTagValueLength: number | undefined) {
  const { tracer, spans } = testTracer({ maxTagValueLength });
  tracer.startSpan('op', { tags: { value } }).finish();
  return [spans[0]?.tags.at(-1)?.value, tracer.counters.cutValues];
}

test.each([
  ['x'.repeat(100_000), undefined, 'x'.repeat(100_000), 0],
  ['12345678', 8, '12345678', 0],
  ['123456789', 8, '12345678', 1],
  ['中中中', 9, '中中中', 0],
  ['中中中', 8, '中中', 1],
  ['a😀', 4, 'a', 1],
  ['a😀', 5, 'a😀', 0],
  ['中', 2, '', 1],
])('%j within %s bytes is reported as %j, %d cut', (value, limit, reported, cut) => {
  expect(reportedOf(value, limit)).toEqual([reported, cut]);
});

test('bytes are cut, and numbers are not', () => {
  expect(reportedOf(Uint8Array.of(1, 2, 3), 2)).toEqual([Uint8Array.of(1, 2), 1]);
  expect(reportedOf(123_456_789, 2)).toEqual([123_456_789n, 0]);
});

test('fields of logs are cut as tags are', () => {
  const { tracer, spans } = testTracer({ maxTagValueLength: 3 });
  const span = tracer.startSpan('op').log({ event: 'long', ok: 'yes' });
  span.finish();
  expect(spans[0]?.logs[0]?.fields.map(({ value }) => value)).toEqual(['lon', 'yes']);
  expect(tracer.counters.cutValues).toBe(1);
});
