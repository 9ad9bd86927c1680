import type { Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** Expected spans for which nothing was found. */
export function missing(shape: Shape): ShapeFinding[] {
  return shape.expected.spans
    .filter(({ id }) => !shape.pair(id))
    .map(({ id, name, service }) => ({
      rule: 'T-MISSING',
      params: { span: name, service },
      expected: id,
    }));
}
