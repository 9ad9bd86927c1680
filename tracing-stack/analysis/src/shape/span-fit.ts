import type { ExpectedSpan, ExpectedTrace } from '../expected/expected-trace.ts';
import type { JsonValue } from '../jaeger-json/observed-trace.ts';
import { holdsName, isNear, isSameValue } from './likeness.ts';
import { isWithin, type ObservedSpans, type SeenSpan } from './observed-spans.ts';

/**
 * What speaks for a span being an expected one. The name weighs most; then what nobody writes by accident (service,
 * tags, logs); then where it hangs, which is what learners get wrong.
 */
const GAIN = { name: 100, nearName: 60, service: 20, kind: 15, tag: 15, log: 15, parent: 15 };
const CHILD_GAIN = 5;
const WITHIN_GAIN = 4;
/** A span that fits another expected span by so much more is none of this one, even if it is left over. */
const CLEARLY_BETTER = 45;

export type NameLikeness = 'same' | 'near' | 'other';

export function nameLikeness(expected: string, actual: string): NameLikeness {
  if (expected === actual) return 'same';
  return isNear(expected, actual) || holdsName(expected, actual) ? 'near' : 'other';
}

/** Says how well each span fits each expected one; 0: not at all. */
export class SpanFit {
  private readonly expected: ExpectedTrace;
  private readonly seen: ObservedSpans;
  private readonly likenesses = new Map<string, NameLikeness>();
  private readonly services: ReadonlySet<string>;

  constructor(expected: ExpectedTrace, seen: ObservedSpans) {
    this.expected = expected;
    this.seen = seen;
    this.services = new Set(expected.spans.map(({ service }) => service));
  }

  of(candidate: SeenSpan): number[] {
    const fits = this.expected.spans.map((wanted) => this.gain(wanted, candidate));
    const best = Math.max(...fits);
    return fits.map((fit) => (best - fit > CLEARLY_BETTER ? 0 : fit));
  }

  private gain(wanted: ExpectedSpan, candidate: SeenSpan): number {
    const { span } = candidate;
    const likeness = this.likeness(wanted.name, span.operationName);
    const hits = hitsOf(wanted, candidate);
    const isPlaced = this.isPlaced(wanted, candidate);
    const children = this.childrenThere(wanted, candidate);
    const isOfService = span.serviceName === wanted.service;
    if (likeness === 'other') {
      const isThere = isPlaced && isOfService && (children > 0 || !hasMarks(wanted));
      if (!isThere && hits.count < (isOfService ? 1 : 2)) return 0;
    }
    let fit = hits.gain + children * CHILD_GAIN;
    if (likeness !== 'other') fit += likeness === 'same' ? GAIN.name : GAIN.nearName;
    if (isOfService) fit += GAIN.service;
    else if (this.services.has(span.serviceName)) fit -= GAIN.service;
    if (isPlaced) fit += GAIN.parent;
    else if (wanted.parent === null && this.hasExpectedAncestor(candidate)) fit -= GAIN.parent;
    if (this.isWithinParent(wanted, candidate)) fit += WITHIN_GAIN;
    return Math.max(0, fit);
  }

  private likeness(expected: string, actual: string): NameLikeness {
    const key = `${expected}\n${actual}`;
    let likeness = this.likenesses.get(key);
    if (likeness === undefined) {
      likeness = nameLikeness(expected, actual);
      this.likenesses.set(key, likeness);
    }
    return likeness;
  }

  private wantedParent({ parent }: ExpectedSpan): ExpectedSpan | undefined {
    return this.expected.spans.find(({ id }) => id === parent);
  }

  /** Below a span with the name of its parent; of several ancestors with expected names the nearest counts. */
  private isPlaced(wanted: ExpectedSpan, { span }: SeenSpan): boolean {
    const parent = this.wantedParent(wanted);
    for (const above of this.seen.ancestors(span)) {
      if (parent && this.likeness(parent.name, above.span.operationName) === 'same') return true;
      if (this.isExpectedName(above.span.operationName)) return false;
    }
    return parent === undefined && !this.seen.hangsOnNothing(span);
  }

  private hasExpectedAncestor({ span }: SeenSpan): boolean {
    for (const above of this.seen.ancestors(span))
      if (this.isExpectedName(above.span.operationName)) return true;
    return false;
  }

  private isExpectedName(name: string): boolean {
    return this.expected.spans.some((wanted) => wanted.name === name);
  }

  private childrenThere({ id }: ExpectedSpan, { span }: SeenSpan): number {
    const wanted = this.expected.spans.filter(({ parent }) => parent === id);
    const there = new Set(this.seen.children(span).map((child) => child.span.operationName));
    return wanted.filter(({ name }) => there.has(name)).length;
  }

  /** Took place while its parent ran: tells two calls of one function apart that hang in the same place by mistake. */
  private isWithinParent(wanted: ExpectedSpan, { span, trace }: SeenSpan): boolean {
    const parent = this.wantedParent(wanted);
    if (!parent) return false;
    return trace.spans.some(
      (other) =>
        other !== span &&
        this.likeness(parent.name, other.operationName) === 'same' &&
        isWithin(span, other),
    );
  }
}

/** What the tracer sets by itself says nothing about which span it is. */
const isByTracer = (key: string) => key.startsWith('sampler.');

function hasMarks({ tags, logs }: ExpectedSpan): boolean {
  return logs.length > 0 || Object.keys(tags).some((key) => !isByTracer(key));
}

function hitsOf({ tags, logs }: ExpectedSpan, { span }: SeenSpan) {
  let gain = 0;
  let count = 0;
  for (const [key, value] of Object.entries(tags)) {
    const actual: JsonValue | undefined = span.tags[key];
    if (isByTracer(key) || actual === undefined) continue;
    const isSame = isSameValue(value, actual);
    if (isSame) count++;
    if (key === 'span.kind') gain += isSame ? GAIN.kind : -GAIN.kind;
    else if (isSame) gain += GAIN.tag;
  }
  for (const fields of logs) {
    const entries = Object.entries(fields);
    const isThere = span.logs.some((log) =>
      entries.every(([key, value]) => isSameValue(value, log.fields[key])),
    );
    if (isThere) {
      gain += GAIN.log;
      count++;
    }
  }
  return { gain, count };
}
