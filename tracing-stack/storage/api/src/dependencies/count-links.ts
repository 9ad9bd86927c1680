import type { Micros } from '@spoor/model';
import type { CallSource, DependencyLink } from '../dependency-store.ts';
import { callsIn, lacksParent } from './calls.ts';
import { LinkCounts } from './link-counts.ts';

/** The links of the calls at or after `from` and before `until`, out of a store that does not count them itself. */
export async function countLinks(
  source: Pick<CallSource, 'traces' | 'trace'>,
  from: Micros,
  until: Micros,
): Promise<DependencyLink[]> {
  const links = new LinkCounts();
  for await (const { traceId, spans, isWhole } of source.traces(from, until)) {
    const complete = isWhole || !lacksParent(spans) ? spans : await source.trace(traceId);
    for (const call of callsIn(complete)) {
      if (call.startTime >= from && call.startTime < until) links.add(call);
    }
  }
  return links.all();
}
