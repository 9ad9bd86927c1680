import type { ExpectedSpan } from '../../expected/expected-trace.ts';
import type { Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';
import { fieldsNotLogged } from '../written.ts';

/** Expected spans for which nothing was found. */
export function missing(shape: Shape): ShapeFinding[] {
  return shape.expected.spans
    .filter(({ id }) => !shape.pair(id))
    .map((wanted) => ({
      rule: 'T-MISSING',
      ...(stoppedAbove(shape, wanted) ?? ofSeveral(shape, wanted)),
      expected: wanted.id,
    }));
}

/** The caller, in the same service, did not even write its own log: it may never have come as far as this call. */
function stoppedAbove(
  shape: Shape,
  { name, service, parent }: ExpectedSpan,
): Pick<ShapeFinding, 'variant' | 'params'> | undefined {
  const above = shape.pair(parent);
  if (!above || above.wanted.service !== service || above.wanted.logs.length === 0)
    return undefined;
  const isSilent = above.wanted.logs.every(
    (fields) => fieldsNotLogged(above.span, fields).length === Object.keys(fields).length,
  );
  if (!isSilent) return undefined;
  return { variant: 'STOPPED', params: { span: name, service, parent: above.wanted.name } };
}

/** Of several that are called alike and some of which are there, the one that is missing is known by its parent. */
function ofSeveral(
  shape: Shape,
  { name, service, parent }: ExpectedSpan,
): Pick<ShapeFinding, 'variant' | 'params'> {
  const params = { span: name, service };
  const alike = shape.expected.spans.filter(
    (other) => other.name === name && other.service === service,
  );
  const there = alike.filter(({ id }) => shape.pair(id));
  const above = shape.wanted(parent)?.name;
  if (there.length === 0 || above === undefined) return { params };
  const counts = { expected: alike.length, count: there.length };
  return { variant: 'UNDER', params: { ...params, ...counts, parent: above } };
}
