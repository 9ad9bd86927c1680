import { at, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** A server's span that says it only follows its caller, who in truth waits for the answer. */
export function serverReference(
  shape: Shape,
  rule: 'L3-SRV-REF' | 'L4-SRV-REF' = 'L3-SRV-REF',
): ShapeFinding[] {
  return shape.pairs
    .filter(({ wanted, span }) => {
      const caller = shape.wanted(wanted.parent);
      const isCall =
        wanted.tags['span.kind'] === 'server' && caller?.tags['span.kind'] === 'client';
      return isCall && span.parentReference === 'FOLLOWS_FROM';
    })
    .map((pair) => ({ rule, params: { span: pair.wanted.name }, ...at(pair) }));
}
