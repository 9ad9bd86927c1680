import { expect, it } from 'vitest';
import { seededRandom } from '../testkit/random.ts';
import { usualSpans } from '../testkit/usual-spans.ts';
import { protoBatch } from './proto-batch.ts';
import { encodeSpanChunks } from './proto-encode.ts';

const ALL = Number.POSITIVE_INFINITY;
const spans = [...usualSpans(seededRandom(1), 50, 'a'), ...usualSpans(seededRandom(2), 50, 'b')];

it.each([
  ['one by one', { spans: 1, bytes: ALL }, 100],
  ['thirty at a time', { spans: 30, bytes: ALL }, 4],
  ['all at once', { spans: ALL, bytes: ALL }, 1],
  ['as soon as there is a byte', { spans: ALL, bytes: 1 }, 100],
])('spans of any process come back from chunks, %s', (_, limits, count) => {
  const chunks = [...encodeSpanChunks(spans, limits)].map((chunk) => protoBatch(chunk).spans());
  expect(chunks.flat()).toEqual(spans);
  expect(chunks).toHaveLength(count);
});

it('no spans are no chunk', () => {
  expect([...encodeSpanChunks([], { spans: 1, bytes: 1 })]).toEqual([]);
});
