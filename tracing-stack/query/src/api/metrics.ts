import type { CallMeasure } from '@spoor/analysis';
import { valueEnvelope } from '../json/envelope.ts';
import { MIN_STEP, metricFamily } from '../metrics/metric-family.ts';
import { metricFamilyJson } from '../metrics/metric-family-json.ts';
import { metricsQuery, quantileParameter } from '../parameters/metrics-query.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';

/** `/api/metrics/latencies`, `…/calls` and `…/errors`: without an envelope, as Jaeger has it. */
export function metrics({ calls, now }: Sources, of: CallMeasure['of']): Answer {
  return async ({ parameters }) => {
    const measure: CallMeasure =
      of === 'latencies' ? { of, quantile: quantileParameter(parameters) } : { of };
    return metricFamilyJson(await metricFamily(calls, measure, metricsQuery(parameters, now())));
  };
}

/** `/api/metrics/minstep`, in milliseconds. */
export function minStep(): Answer {
  return async () => [valueEnvelope(MIN_STEP / 1000)];
}
