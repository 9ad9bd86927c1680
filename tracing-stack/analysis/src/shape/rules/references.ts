import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** A function's span that says it only follows its caller, where the lesson says that the caller waits. */
export function innerReference(shape: Shape): ShapeFinding[] {
  return shape.pairs
    .filter((pair) => {
      const caller = shape.pair(pair.wanted.parent);
      const isInner = caller?.wanted.service === pair.wanted.service;
      return isInner && shape.seen.parent(pair.span)?.span === caller?.span && followsFrom(pair);
    })
    .map((pair) => ({ rule: 'L2-REF', params: { span: pair.wanted.name }, ...at(pair) }));
}

/** A server's span that says it only follows its caller, who in truth waits for the answer. */
export function serverReference(
  shape: Shape,
  rule: 'L3-SRV-REF' | 'L4-SRV-REF' = 'L3-SRV-REF',
): ShapeFinding[] {
  return shape.pairs
    .filter((pair) => {
      const { wanted } = pair;
      const caller = shape.wanted(wanted.parent);
      const isCall =
        wanted.tags['span.kind'] === 'server' && caller?.tags['span.kind'] === 'client';
      return isCall && followsFrom(pair);
    })
    .map((pair) => ({ rule, params: { span: pair.wanted.name }, ...at(pair) }));
}

const followsFrom = ({ span }: Pair) => span.parentReference === 'FOLLOWS_FROM';
