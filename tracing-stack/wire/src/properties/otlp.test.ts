import type { Reference, Span } from '@spoor/model';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { decodeOtlpJson, decodeOtlpProto } from '../otlp/export-traces.ts';
import { otlpFromSpans } from '../otlp/from-jaeger.ts';
import { encodeOtlpJson } from '../otlp/otlp-json-encode.ts';
import { encodeOtlpProto } from '../otlp/otlp-proto-encode.ts';
import { spansOfOneProcess } from './arbitrary-spans.ts';
import { seedProperties } from './seed.ts';

beforeAll(seedProperties);

// OpenTelemetry's spans are not Jaeger's: kind, status and scope leave the tags and come back as other tags, so that a
// first way through OTLP may change a span. The normal form is what such a way gives of a span with one parent at most, and
// with no id that is zero, begun and ended after 1970 and before 2^53 µs; from then on nothing changes.

const throughProto = (spans: readonly Span[]) =>
  decodeOtlpProto(encodeOtlpProto(otlpFromSpans(spans))).spans();
const throughJson = (spans: readonly Span[]) =>
  decodeOtlpJson(
    Buffer.from(`{"resourceSpans":[${encodeOtlpJson(otlpFromSpans(spans))}]}`),
  ).spans();

test('OTLP in proto and in JSON say the same of any spans', () => {
  fc.assert(
    fc.property(spansOfOneProcess, (spans) => {
      expect(throughJson(spans)).toEqual(throughProto(spans));
    }),
  );
});

test.each([
  ['proto', throughProto],
  ['JSON', throughJson],
])('OTLP in %s gives back what it gave once', (_, through) => {
  fc.assert(
    fc.property(spansOfOneProcess, (spans) => {
      const normal = through(spans.map(withOneParent).map(ofOurTime));
      expect(through(normal)).toEqual(normal);
    }),
  );
});

/** OTLP has unsigned nanoseconds, and the end in place of the duration. */
function ofOurTime(span: Span): Span {
  const startTime = Math.abs(span.startTime);
  const end = startTime + span.duration;
  const isOfOurTime = end >= startTime && Number.isSafeInteger(end);
  return { ...span, startTime, duration: isOfOurTime ? span.duration : 0 };
}

function withOneParent(span: Span): Span {
  const references = new Map<string, Reference>();
  for (const one of span.references) {
    const isZero = /^0+$/.test(one.spanId) || /^0+$/.test(one.traceId);
    const isParent = one.refType === 'CHILD_OF';
    const name = isParent ? 'parent' : `${one.traceId} ${one.spanId}`;
    if (!isZero && !(isParent && one.traceId !== span.traceId)) references.set(name, one);
  }
  const parent = references.get('parent');
  const others = [...references.values()].filter((one) => one !== parent);
  return { ...span, references: parent ? [parent, ...others] : others };
}
