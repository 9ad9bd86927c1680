import { type DependencyLink, DependencyLinks } from '@spoor/analysis';
import { plainEnvelope } from '../json/envelope.ts';
import { dependenciesQuery } from '../parameters/dependencies-query.ts';
import type { Answer, Sources } from './answer.ts';

/**
 * `/api/dependencies?endTs=…&lookback=…`: which service called which, and how often. Reads every trace of the time asked
 * for, one after the other, so that memory does not grow with the store.
 */
export function dependencies({ reader, now }: Sources): Answer {
  return async ({ parameters }) => {
    const { after, before, serviceName } = dependenciesQuery(parameters, now());
    const ids = await reader.findTraceIds({
      tags: new Map(),
      startTimeMin: after + 1,
      startTimeMax: before - 1,
      limit: Number.POSITIVE_INFINITY,
    });
    const links = new DependencyLinks();
    for (const id of ids) {
      const trace = await reader.trace(id);
      if (trace) links.add(trace);
    }
    const concerns = ({ parent, child }: DependencyLink) =>
      serviceName === '' || parent === serviceName || child === serviceName;
    return [plainEnvelope(links.all().filter(concerns))];
  };
}
