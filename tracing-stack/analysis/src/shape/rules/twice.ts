import type { ObservedSpan } from '../../jaeger-json/observed-trace.ts';
import type { SeenSpan } from '../observed-spans.ts';
import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/**
 * One piece of work traced by two spans, one right inside the other: same name, same service, same kind. Any other span
 * more than expected is the learner's own and welcome; a second one beside the first may be a second call.
 */
export function twice(shape: Shape): ShapeFinding[] {
  return shape.pairs.flatMap((pair): ShapeFinding[] => {
    const around = [shape.seen.parent(pair.span), ...shape.seen.children(pair.span)];
    const others = around.filter((other) => other && isTheSameAgain(shape, pair, other));
    if (others.length === 0) return [];
    const { name, service } = pair.wanted;
    const params = { span: name, service, expected: 1, count: 1 + others.length };
    return [{ rule: 'T-EXTRA', params, ...at(pair) }];
  });
}

/** Two spans under one parent that hold the same, tags and logs: the same call, made again. */
export function calledAgain(shape: Shape): ShapeFinding[] {
  return shape.pairs.flatMap((pair): ShapeFinding[] => {
    const parent = shape.seen.parent(pair.span);
    const beside = parent ? shape.seen.children(parent.span) : [];
    const again = beside.filter(
      (other) =>
        other.span !== pair.span &&
        isTheSameAgain(shape, pair, other) &&
        written(other.span) === written(pair.span),
    );
    if (!parent || again.length === 0) return [];
    const { name, service } = pair.wanted;
    const count = 1 + again.length;
    const params = { span: name, service, parent: parent.span.operationName, expected: 1, count };
    return [{ rule: 'T-EXTRA', variant: 'AGAIN', params, ...at(pair) }];
  });
}

const written = ({ tags, logs }: ObservedSpan) =>
  JSON.stringify([tags, logs.map(({ fields }) => fields)]);

function isTheSameAgain(shape: Shape, { span }: Pair, { span: other }: SeenSpan): boolean {
  return (
    !shape.pairOf(other) &&
    other.operationName === span.operationName &&
    other.serviceName === span.serviceName &&
    kindOf(other) === kindOf(span)
  );
}

const kindOf = ({ tags }: ObservedSpan) => tags['span.kind'];
