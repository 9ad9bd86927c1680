import { holdsName } from '../likeness.ts';
import type { Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** More names of one pattern than that are data. */
const MOST_NAMES = 5;

/**
 * Operation names that hold data. Only of a span that should have had one name: how the learner's own spans are called
 * is the learner's business.
 */
export function operationNames(shape: Shape): ShapeFinding[] {
  const expectedNames = new Set(shape.expected.spans.map(({ name }) => name));
  const patterns = new Map<string, Set<string>>();
  for (const { span } of shape.seen.all) {
    const { operationName } = span;
    if (expectedNames.has(operationName)) continue;
    const pattern = patternOf(operationName);
    const names = patterns.get(pattern);
    if (names) names.add(operationName);
    else patterns.set(pattern, new Set([operationName]));
  }
  return shape.expected.spans.flatMap((wanted): ShapeFinding[] => {
    const pair = shape.pair(wanted.id);
    if (pair?.span.operationName === wanted.name) return [];
    for (const names of patterns.values()) {
      const [actual] = [...names].sort();
      if (names.size <= MOST_NAMES || !actual || !holdsName(actual, wanted.name)) continue;
      const params = { span: wanted.name, expected: wanted.name, actual, count: names.size };
      return [{ rule: 'P-OPNAME', params, expected: wanted.id }];
    }
    return [];
  });
}

/** Numbers, and what looks like an id, stand for whatever they are. */
function patternOf(name: string): string {
  return name.replace(/[0-9a-f-]{8,}|\d+/gi, '#');
}
