import type { CallMeasure } from '@spoor/analysis';
import { valueEnvelope } from '../json/envelope.ts';
import { MIN_STEP } from '../metrics/metric-family.ts';
import { metricFamilyJson } from '../metrics/metric-family-json.ts';
import { metricsQuery, quantileParameter } from '../parameters/metrics-query.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';

/** `/api/metrics/latencies`, `…/calls` and `…/errors`: without an envelope, as Jaeger has it. */
export function metrics({ figures, now }: Sources, of: CallMeasure['of']): Answer {
  return async ({ parameters, signal }) => {
    const measure: CallMeasure =
      of === 'latencies' ? { of, quantile: quantileParameter(parameters) } : { of };
    const query = metricsQuery(parameters, now());
    return metricFamilyJson(await figures(measure, query, signal));
  };
}

/** `/api/metrics/minstep`, in milliseconds. */
export function minStep(): Answer {
  return async () => [valueEnvelope(MIN_STEP / 1000)];
}
