import { at, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** Expected spans that say that something failed, in a run of which it is known that nothing did. */
export function falseErrors({ pairs }: Shape): ShapeFinding[] {
  return pairs
    .filter(({ span }) => String(span.tags['error']) === 'true')
    .map((pair) => ({
      rule: 'X-FALSE',
      params: { span: pair.wanted.name, service: pair.wanted.service },
      ...at(pair),
    }));
}
