import { parseGoBoolean } from './go-boolean.ts';
import { goParseError, ParameterError } from './go-errors.ts';
import { integerParameter, parameter, withPrefix } from './parameter.ts';

const SPAN_KINDS: ReadonlySet<string> = new Set([
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]);

/** Decimal or hexadecimal, as in Go's source, or one of the names of what is no number. */
const FLOAT =
  /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)p[+-]?\d+|inf(?:inity)?)$|^nan$/i;

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
      if (!SPAN_KINDS.has(kind)) throw new ParameterError(`unsupported span kind: '${kind}'`);
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
