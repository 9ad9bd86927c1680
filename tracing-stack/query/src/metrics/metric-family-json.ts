import type { Micros } from '@spoor/model';
import { jsonText } from '@spoor/wire';
import type { Metric, MetricFamily } from './metric-family.ts';

/** As proto's JSON has it, a metric a part. */
export function* metricFamilyJson({ name, help, metrics }: MetricFamily): Generator<string> {
  yield `{"name":${jsonText(name)},"type":"GAUGE","help":${jsonText(help)},"metrics":[`;
  for (const [index, metric] of metrics.entries())
    yield (index > 0 ? ',' : '') + metricJson(metric);
  yield ']}';
}

function metricJson({ labels, points }: Metric): string {
  const metricPoints = points.map(
    ({ time, value }) =>
      `{"gaugeValue":{"doubleValue":${doubleJson(value)}},"timestamp":"${timeText(time)}"}`,
  );
  return `{"labels":${jsonText(labels)},"metricPoints":[${metricPoints.join(',')}]}`;
}

/** What is no number has a name. */
function doubleJson(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

/** RFC 3339, with as many groups of three digits as the fraction of a second needs. */
function timeText(time: Micros): string {
  const rest = ((time % 1e6) + 1e6) % 1e6;
  const seconds = new Date((time - rest) / 1000).toISOString().slice(0, -5);
  if (rest === 0) return `${seconds}Z`;
  const digits = String(rest).padStart(6, '0');
  return `${seconds}.${digits.endsWith('000') ? digits.slice(0, 3) : digits}Z`;
}
