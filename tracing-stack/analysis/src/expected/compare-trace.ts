import type { JsonValue, ObservedSpan } from '../jaeger-json/observed-trace.ts';
import type { ExpectedSpan, ExpectedTrace } from './expected-trace.ts';

/** Where a span hangs, for a message: by the name of the parent, or why there is none. */
export type DifferingParent =
  | { readonly kind: 'none' }
  | { readonly kind: 'foreign'; readonly spanId: string }
  | { readonly kind: 'span'; readonly name: string };

/** One difference between a trace and its expectation. `span` is an operation name. */
export type TraceDifference =
  | { readonly rule: 'spanMissing'; readonly span: string; readonly service: string }
  | { readonly rule: 'spanExtra'; readonly span: string; readonly service: string }
  | {
      readonly rule: 'service';
      readonly span: string;
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly rule: 'parent';
      readonly span: string;
      readonly expected: string;
      readonly actual: DifferingParent;
    }
  | { readonly rule: 'root'; readonly span: string; readonly actual: DifferingParent }
  | {
      readonly rule: 'tagMissing';
      readonly span: string;
      readonly key: string;
      readonly expected: JsonValue;
    }
  | {
      readonly rule: 'tag';
      readonly span: string;
      readonly key: string;
      readonly expected: JsonValue;
      readonly actual: JsonValue;
    }
  | { readonly rule: 'processTagMissing'; readonly span: string; readonly key: string }
  | {
      readonly rule: 'logMissing';
      readonly span: string;
      readonly expected: Readonly<Record<string, JsonValue>>;
    };

/**
 * Compares a trace with its expectation; no differences means it is whole. Further tags and logs are allowed (tracers add
 * their own), further spans are not. Nothing here knows of times: a slow machine changes no verdict.
 */
export function compareTrace(
  expected: ExpectedTrace,
  spans: readonly ObservedSpan[],
): TraceDifference[] {
  const found = pairUp(expected, spans);
  const taken = new Set(found.values());
  return [
    ...expected.spans.flatMap((wanted) => {
      const span = found.get(wanted.id);
      if (span) return spanDifferences(wanted, span, expected, found, spans);
      return [{ rule: 'spanMissing' as const, span: wanted.name, service: wanted.service }];
    }),
    ...spans
      .filter((span) => !taken.has(span))
      .map((span) => ({
        rule: 'spanExtra' as const,
        span: span.operationName,
        service: span.serviceName,
      })),
  ];
}

/** Parents come before their children in `expected.spans`, so that spans of one name are told apart by their parent. */
function pairUp(
  expected: ExpectedTrace,
  spans: readonly ObservedSpan[],
): Map<string, ObservedSpan> {
  const found = new Map<string, ObservedSpan>();
  const left = new Set(spans);
  for (const wanted of expected.spans) {
    const candidates = [...left].filter((span) => span.operationName === wanted.name);
    const [best] = candidates
      .map((span) => ({
        span,
        differences: spanDifferences(wanted, span, expected, found, spans).length,
      }))
      .sort((a, b) => a.differences - b.differences);
    if (!best) continue;
    found.set(wanted.id, best.span);
    left.delete(best.span);
  }
  return found;
}

function spanDifferences(
  wanted: ExpectedSpan,
  span: ObservedSpan,
  expected: ExpectedTrace,
  found: ReadonlyMap<string, ObservedSpan>,
  spans: readonly ObservedSpan[],
): TraceDifference[] {
  const differences: TraceDifference[] = [];
  const name = wanted.name;
  if (span.serviceName !== wanted.service) {
    const [expected, actual] = [wanted.service, span.serviceName];
    differences.push({ rule: 'service', span: name, expected, actual });
  }
  if (wanted.parent === null) {
    if (span.parentId !== undefined)
      differences.push({ rule: 'root', span: name, actual: parentOf(span, spans) });
  } else if (!span.parentId || span.parentId !== found.get(wanted.parent)?.spanId) {
    const parent = expected.spans.find(({ id }) => id === wanted.parent)?.name ?? wanted.parent;
    const actual = parentOf(span, spans);
    differences.push({ rule: 'parent', span: name, expected: parent, actual });
  }
  for (const [key, expected] of Object.entries(wanted.tags)) {
    const actual = span.tags[key];
    if (actual === undefined) differences.push({ rule: 'tagMissing', span: name, key, expected });
    else if (actual !== expected)
      differences.push({ rule: 'tag', span: name, key, expected, actual });
  }
  for (const expected of wanted.logs) {
    const there = span.logs.some(({ fields }) =>
      Object.entries(expected).every(([key, value]) => fields[key] === value),
    );
    if (!there) differences.push({ rule: 'logMissing', span: name, expected });
  }
  for (const key of wanted.processTags ?? [])
    if (!(key in span.processTags))
      differences.push({ rule: 'processTagMissing', span: name, key });
  return differences;
}

function parentOf(span: ObservedSpan, spans: readonly ObservedSpan[]): DifferingParent {
  if (span.parentId === undefined) return { kind: 'none' };
  const parent = spans.find(({ spanId }) => spanId === span.parentId);
  if (!parent) return { kind: 'foreign', spanId: span.parentId };
  return { kind: 'span', name: parent.operationName };
}
