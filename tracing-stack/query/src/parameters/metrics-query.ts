import type { Micros } from '@spoor/model';
import { parseGoBoolean } from './go-boolean.ts';
import { goParseError, ParameterError } from './go-errors.ts';
import { integerParameter, parameter, withPrefix } from './parameter.ts';
import { SPAN_KINDS, UNSPECIFIED } from './span-kinds.ts';

/** Of what, and at which times, figures are asked for. */
export interface MetricsQuery {
  readonly serviceNames: readonly string[];
  readonly groupByOperation: boolean;
  /** Not Jaeger's: calls are those of the service graph, and told apart by the service that called. */
  readonly groupByCaller: boolean;
  readonly spanKinds: readonly string[];
  /** Of the last point. */
  readonly end: Micros;
  /** From the first point to the last. */
  readonly lookback: Micros;
  /** From a point to the next. */
  readonly step: Micros;
  /** What each point is calculated from, before it. */
  readonly ratePer: Micros;
}

/**
 * Decimal or hexadecimal, as in Go's source, or one of the names of what is no number. Digits after a dot are read
 * only if there is a dot: two runs of digits side by side would be tried in every split, and a header holds 1 MiB.
 */
const FLOAT =
  /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|0x(?:[\da-f]+(?:\.[\da-f]*)?|\.[\da-f]+)p[+-]?\d+|inf(?:inity)?)$|^nan$/i;

/** What Jaeger takes where nothing is said. */
export const METRICS_DEFAULTS = {
  spanKinds: ['server'],
  lookback: 3600e6,
  step: 5e6,
  ratePer: 600e6,
} as const satisfies Partial<MetricsQuery>;

/** As many as a Prometheus gives in one series. */
const MAX_POINTS = 11_000;
/** JavaScript's dates, and any that somebody asks for, are within. */
const MAX_TIME: Micros = 8.64e18;

/**
 * Reads the parameters of `/api/metrics/…` in Jaeger's order: `service` (at least one), `groupByOperation`, `spanKind`,
 * `endTs`, `lookback`, `step`, `ratePer` (milliseconds); and `groupByCaller`, which Jaeger does not have. Throws `ParameterError` for the first that is wrong. `now` in µs.
 */
export function metricsQuery(parameters: URLSearchParams, now: Micros): MetricsQuery {
  if (!parameters.has('service'))
    throw new ParameterError(
      "unable to parse param 'service': please provide at least one service name",
    );
  const groupByOperation = parameter(parameters, 'groupByOperation', parseGoBoolean) ?? false;
  const kinds = parameters.getAll('spanKind');
  withPrefix("unable to parse param 'spanKind'", () => {
    for (const kind of kinds)
      if (!SPAN_KINDS.has(kind) && kind !== UNSPECIFIED)
        throw new ParameterError(`unsupported span kind: '${kind}'`);
  });
  const time = (name: string, otherwise: Micros) => {
    const milliseconds = integerParameter(parameters, name);
    return milliseconds === undefined ? otherwise : milliseconds * 1000;
  };
  const query = {
    serviceNames: parameters.getAll('service'),
    groupByOperation,
    groupByCaller: parameter(parameters, 'groupByCaller', parseGoBoolean) ?? false,
    spanKinds: kinds.length === 0 ? METRICS_DEFAULTS.spanKinds : kinds,
    end: time('endTs', now),
    lookback: time('lookback', METRICS_DEFAULTS.lookback),
    step: time('step', METRICS_DEFAULTS.step),
    ratePer: time('ratePer', METRICS_DEFAULTS.ratePer),
  };
  checkTimes(query);
  return query;
}

/** Throws `ParameterError` for times of which no series can be made. */
export function checkTimes({ end, lookback, step, ratePer }: MetricsQuery): void {
  if (Math.abs(end) > MAX_TIME) throw new ParameterError("'endTs' is too far away");
  if (lookback < 0 || lookback > MAX_TIME)
    throw new ParameterError("'lookback' should be 0 or more, and not too long");
  if (step <= 0) throw new ParameterError("'step' should be greater than 0");
  if (ratePer <= 0 || ratePer > MAX_TIME)
    throw new ParameterError("'ratePer' should be greater than 0, and not too long");
  if (lookback / step >= MAX_POINTS)
    throw new ParameterError(`more than ${MAX_POINTS} points: 'step' should be greater`);
}

/** Reads the `quantile` of latencies, which comes before all others. Throws `ParameterError`. */
export function quantileParameter(parameters: URLSearchParams): number {
  const text = parameters.get('quantile') ?? '';
  return withPrefix("unable to parse param 'quantile'", () => {
    if (!FLOAT.test(text)) throw goParseError('ParseFloat', text, 'invalid syntax');
    if (/\d/.test(text) && Math.abs(Number(text)) === Number.POSITIVE_INFINITY)
      throw goParseError('ParseFloat', text, 'value out of range');
    return goFloat(text);
  });
}

/** The value of what `FLOAT` takes. */
function goFloat(text: string): number {
  const hexadecimal = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i.exec(text);
  if (hexadecimal !== null) {
    const [, sign, whole = '', fraction = '', exponent] = hexadecimal;
    const digits = Number.parseInt(whole + fraction, 16);
    return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(exponent) - 4 * fraction.length);
  }
  if (/^[+-]?inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? Number.NaN : Number(text);
}
