import type { JsonValue, ObservedSpan } from './observed-trace.ts';

/** One span that a lesson's trace must hold. */
export interface ExpectedSpan {
  /** Names the span inside expected.json, since two spans may have the same operation name. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** The `id` of the parent; `null` for the root. */
  readonly parent: string | null;
  readonly tags: Readonly<Record<string, JsonValue>>;
  /** Each must be found among the span's logs with at least these fields. Further logs are allowed. */
  readonly logs: readonly Readonly<Record<string, JsonValue>>[];
  /** Keys of tags that its process must have, whatever their values. */
  readonly processTags?: readonly string[];
}

/** The shape of a lesson's trace: what a lesson's `expected.json` holds. */
export interface ExpectedTrace {
  /** How many traces of this shape the lesson leaves; 1 if not given. */
  readonly traces?: number;
  readonly spans: readonly ExpectedSpan[];
}

/** Where a span hangs, for a message: by the name of the parent, or why there is none. */
export type Parent =
  | { readonly kind: 'none' }
  | { readonly kind: 'foreign'; readonly spanId: string }
  | { readonly kind: 'span'; readonly name: string };

/** One difference between a trace and its expectation. `span` is an operation name. */
export type Finding =
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
      readonly actual: Parent;
    }
  | { readonly rule: 'root'; readonly span: string; readonly actual: Parent }
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
 * Compares a trace with its expectation; no findings means it is whole. Further tags and logs are allowed (tracers add
 * their own), further spans are not. Nothing here knows of times: a slow machine changes no verdict.
 */
export function compareTrace(expected: ExpectedTrace, spans: readonly ObservedSpan[]): Finding[] {
  const found = pairUp(expected, spans);
  const taken = new Set(found.values());
  return [
    ...expected.spans.flatMap((wanted) => {
      const span = found.get(wanted.id);
      if (span) return spanFindings(wanted, span, expected, found, spans);
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
        differences: spanFindings(wanted, span, expected, found, spans).length,
      }))
      .sort((a, b) => a.differences - b.differences);
    if (!best) continue;
    found.set(wanted.id, best.span);
    left.delete(best.span);
  }
  return found;
}

function spanFindings(
  wanted: ExpectedSpan,
  span: ObservedSpan,
  expected: ExpectedTrace,
  found: ReadonlyMap<string, ObservedSpan>,
  spans: readonly ObservedSpan[],
): Finding[] {
  const findings: Finding[] = [];
  const name = wanted.name;
  if (span.serviceName !== wanted.service) {
    const [expected, actual] = [wanted.service, span.serviceName];
    findings.push({ rule: 'service', span: name, expected, actual });
  }
  if (wanted.parent === null) {
    if (span.parentId !== undefined)
      findings.push({ rule: 'root', span: name, actual: parentOf(span, spans) });
  } else if (!span.parentId || span.parentId !== found.get(wanted.parent)?.spanId) {
    const parent = expected.spans.find(({ id }) => id === wanted.parent)?.name ?? wanted.parent;
    const actual = parentOf(span, spans);
    findings.push({ rule: 'parent', span: name, expected: parent, actual });
  }
  for (const [key, expected] of Object.entries(wanted.tags)) {
    const actual = span.tags[key];
    if (actual === undefined) findings.push({ rule: 'tagMissing', span: name, key, expected });
    else if (actual !== expected) findings.push({ rule: 'tag', span: name, key, expected, actual });
  }
  for (const expected of wanted.logs) {
    const there = span.logs.some(({ fields }) =>
      Object.entries(expected).every(([key, value]) => fields[key] === value),
    );
    if (!there) findings.push({ rule: 'logMissing', span: name, expected });
  }
  for (const key of wanted.processTags ?? [])
    if (!(key in span.processTags)) findings.push({ rule: 'processTagMissing', span: name, key });
  return findings;
}

function parentOf(span: ObservedSpan, spans: readonly ObservedSpan[]): Parent {
  if (span.parentId === undefined) return { kind: 'none' };
  const parent = spans.find(({ spanId }) => spanId === span.parentId);
  if (!parent) return { kind: 'foreign', spanId: span.parentId };
  return { kind: 'span', name: parent.operationName };
}
