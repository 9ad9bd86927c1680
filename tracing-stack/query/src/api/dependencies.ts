import type { DependencyLink } from '@spoor/storage-api';
import { plainEnvelope } from '../json/envelope.ts';
import { dependenciesQuery } from '../parameters/dependencies-query.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';

/** `/api/dependencies?endTs=…&lookback=…`: which service called which, and how often. */
export function dependencies(sources: Sources): Answer {
  return async ({ parameters }) => {
    const { end, lookback, serviceName } = dependenciesQuery(parameters, sources.now());
    const links = await sources.dependencies(end, lookback);
    const concerns = ({ parent, child }: DependencyLink) =>
      serviceName === '' || parent === serviceName || child === serviceName;
    return [plainEnvelope(links.filter(concerns))];
  };
}
