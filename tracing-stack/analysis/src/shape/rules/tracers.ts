import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** Spans that one service should have sent in one trace, and that several tracers signed. */
export function tracers(shape: Shape): ShapeFinding[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of shape.pairs) {
    const group = `${pair.trace.traceId} ${pair.wanted.service}`;
    groups.set(group, [...(groups.get(group) ?? []), pair]);
  }
  return [...groups.values()].flatMap((pairs): ShapeFinding[] => {
    // A client that does not sign its spans cannot be asked; a tracer of another service is another mistake.
    const signed = pairs.filter(
      ({ wanted, span }) =>
        'client-uuid' in span.processTags && span.serviceName === wanted.service,
    );
    const tracers = new Map(signed.map((pair) => [pair.span.processTags['client-uuid'], pair]));
    const last = [...tracers.values()].at(-1);
    if (!last || tracers.size < 2) return [];
    const params = { service: last.wanted.service, count: tracers.size };
    return [{ rule: 'P-TRACER', params, ...at(last) }];
  });
}
