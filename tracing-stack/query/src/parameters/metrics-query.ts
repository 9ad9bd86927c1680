import { parseGoBoolean } from './go-boolean.ts';
import { goParseError, ParameterError } from './go-errors.ts';
import { integerParameter, parameter, withPrefix } from './parameter.ts';
import { SPAN_KINDS, UNSPECIFIED } from './span-kinds.ts';

/**
 * Decimal or hexadecimal, as in Go's source, or one of the names of what is no number. Digits after a dot are read
 * only if there is a dot: two runs of digits side by side would be tried in every split, and a header holds 1 MiB.
 */
const FLOAT =
  /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|0x(?:[\da-f]+(?:\.[\da-f]*)?|\.[\da-f]+)p[+-]?\d+|inf(?:inity)?)$|^nan$/i;

/**
 * Checks the parameters of `/api/metrics/…` in Jaeger's order: `service` (at least one), `groupByOperation`, `spanKind`,
 * `endTs`, `lookback`, `step`, `ratePer` (milliseconds). Throws `ParameterError` for the first that is wrong.
 */
export function checkMetricsQuery(parameters: URLSearchParams): void {
  if (!parameters.has('service'))
    throw new ParameterError(
      "unable to parse param 'service': please provide at least one service name",
    );
  parameter(parameters, 'groupByOperation', parseGoBoolean);
  withPrefix("unable to parse param 'spanKind'", () => {
    for (const kind of parameters.getAll('spanKind'))
      if (!SPAN_KINDS.has(kind) && kind !== UNSPECIFIED)
        throw new ParameterError(`unsupported span kind: '${kind}'`);
  });
  for (const name of ['endTs', 'lookback', 'step', 'ratePer']) integerParameter(parameters, name);
}

/** Checks the `quantile` of latencies, which comes before all others. */
export function checkQuantile(parameters: URLSearchParams): void {
  const text = parameters.get('quantile') ?? '';
  withPrefix("unable to parse param 'quantile'", () => {
    if (!FLOAT.test(text)) throw goParseError('ParseFloat', text, 'invalid syntax');
    if (/\d/.test(text) && Math.abs(Number(text)) === Number.POSITIVE_INFINITY)
      throw goParseError('ParseFloat', text, 'value out of range');
  });
}
