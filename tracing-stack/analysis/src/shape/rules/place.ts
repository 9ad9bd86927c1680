import { isWithin } from '../observed-spans.ts';
import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** What stands for a parent's name where there is no parent. */
export const NOTHING = '–';

/** Whether an expected span hangs where it should, and if not, why. One finding a span at most. */
export function place(shape: Shape): ShapeFinding[] {
  const cut = shape.pairs.filter((pair) => isCutOff(shape, pair));
  const lost = new Set<string | number | undefined>();
  return [
    ...shape.pairs.flatMap((pair): ShapeFinding[] => {
      const finding = misplaced(shape, pair);
      if (!finding) return [];
      if (finding.rule !== 'T-ORPHAN') return [finding];
      // One span that never came is one mistake, however many hang under it.
      const { parent } = finding.params;
      if (lost.has(parent)) return [];
      lost.add(parent);
      return [finding];
    }),
    ...(cut[0] ? [split(shape, cut[0])] : []),
  ];
}

/** Whether its expected parent is there, in another trace. */
export function isCutOff(shape: Shape, { wanted, trace }: Pair): boolean {
  const parent = shape.pair(wanted.parent);
  return parent !== undefined && parent.trace !== trace;
}

function misplaced(shape: Shape, pair: Pair): ShapeFinding | undefined {
  const { wanted } = pair;
  const span = wanted.name;
  const above = shape.above(pair);
  // Its own child stands above it: told where that child is looked at.
  if (above?.wanted.parent === wanted.id) return undefined;
  if (wanted.parent === null) {
    if (!above) return undefined;
    const params = { span, expected: NOTHING, actual: above.wanted.name };
    return { rule: 'T-PARENT', variant: 'ROOT', params, ...at(pair) };
  }
  const wantedParent = shape.wanted(wanted.parent);
  const parent = shape.pair(wanted.parent);
  const name = wantedParent?.name ?? wanted.parent;
  const isLost = !above && shape.seen.hangsOnNothing(pair.span);
  if (!parent) {
    // Without its parent it may hang anywhere. Only a parent that was started can be missed by name.
    return isLost ? { rule: 'T-ORPHAN', params: { span, parent: name }, ...at(pair) } : undefined;
  }
  if (parent.trace !== pair.trace) return undefined;
  if (shape.above(parent) === pair)
    return { rule: 'T-REVERSED', params: { span, parent: name }, ...at(pair) };
  if (above === parent) return undefined;
  if (isLost) {
    const missing = shape.seen.top(pair.span).parentId ?? NOTHING;
    return { rule: 'T-ORPHAN', params: { span, parent: missing }, ...at(pair) };
  }
  const which = whichOf(shape, pair);
  const params = {
    ...{ span, expected: name, actual: above?.wanted.name ?? NOTHING },
    ...(which && { which }),
  };
  const ofSeveral = which && { variant: 'WHICH' };
  if (isOuterContext(shape, pair, parent, above))
    return { rule: 'L2-CTX', ...ofSeveral, params, ...at(pair) };
  const variant = above ? ofSeveral : { variant: 'MISSING' };
  return { rule: 'T-PARENT', ...variant, params, ...at(pair) };
}

/** Of several expected spans of one name: what is written on this one and on no other, `request=callService2`. */
function whichOf({ expected }: Shape, { wanted, span }: Pair): string | undefined {
  const others = expected.spans.filter(
    ({ id, name, service }) =>
      id !== wanted.id && name === wanted.name && service === wanted.service,
  );
  if (others.length === 0) return undefined;
  const own = writtenOn(wanted.tags, wanted.logs);
  const seen = writtenOn(
    span.tags,
    span.logs.map(({ fields }) => fields),
  );
  const elsewhere = others.flatMap(({ tags, logs }) => writtenOn(tags, logs));
  return own.find((entry) => seen.includes(entry) && !elsewhere.includes(entry));
}

type Fields = Readonly<Record<string, unknown>>;

function writtenOn(tags: Fields, logs: readonly Fields[]): string[] {
  return [tags, ...logs].flatMap((each) =>
    Object.entries(each).map(([key, value]) => `${key}=${value}`),
  );
}

/** Called by its parent, in one process, and hung under the parent's parent: the outer context was handed on. */
function isOuterContext(shape: Shape, pair: Pair, parent: Pair, above: Pair | undefined): boolean {
  return (
    above !== undefined &&
    above === shape.pair(parent.wanted.parent) &&
    pair.wanted.service === parent.wanted.service &&
    isWithin(pair.span, parent.span)
  );
}

function split(shape: Shape, first: Pair): ShapeFinding {
  const tops = new Map(
    shape.pairs
      .toSorted((a, b) => a.span.startTime - b.span.startTime)
      .map(({ trace, span }) => [trace, shape.seen.top(span).operationName]),
  );
  const actual = [...tops.values()].join(', ');
  const expected = shape.wanted(first.wanted.parent)?.name ?? NOTHING;
  const params = { count: tops.size, span: first.wanted.name, expected, actual };
  return { rule: 'T-SPLIT', params, ...at(first) };
}
