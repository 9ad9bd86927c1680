import { HttpError } from '../http/errors.ts';
import { checkMetricsQuery, checkQuantile } from '../parameters/metrics-query.ts';
import type { Answer } from './answer.ts';

/** `/api/metrics/:which`, as a Jaeger answers that has no Prometheus: wrong parameters are told first. */
export function metrics(which: 'latencies' | 'calls' | 'errors' | 'minstep'): Answer {
  return async ({ parameters }) => {
    if (which === 'latencies') checkQuantile(parameters);
    if (which !== 'minstep') checkMetricsQuery(parameters);
    throw new HttpError(501, 'metrics querying is currently disabled');
  };
}
