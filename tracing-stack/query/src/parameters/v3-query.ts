import type { TraceQuery } from '@spoor/storage-api';
import { ParameterError } from './go-errors.ts';
import { parseGoInt } from './go-integer.ts';
import { parseGoTime } from './go-time.ts';
import { durationText, withPrefix } from './parameter.ts';
import { parseStringMap } from './tags.ts';

/** What is answered with where nobody says how many; Jaeger's since it has a bound. */
export const DEFAULT_DEPTH = 100;

/**
 * Reads the parameters of `/api/v3/traces`: `query.service_name`, `query.operation_name`, `query.start_time_min` and
 * `query.start_time_max` (RFC 3339, both needed), `query.num_traces` or `query.search_depth`, `query.duration_min` and
 * `query.duration_max`, and `query.attributes` (JSON). Jaeger 2 calls them `query.serviceName` and so on, which comes
 * first; an empty one counts as absent. Throws `ParameterError` for the first that is wrong.
 */
export function v3Query(parameters: URLSearchParams): TraceQuery {
  const operationName = given(parameters, 'operation_name')?.text;
  const attributes = read(parameters, 'attributes', parseStringMap);
  const min = given(parameters, 'start_time_min');
  const max = given(parameters, 'start_time_max');
  if (min === undefined || max === undefined)
    throw new ParameterError('query.start_time_min and query.start_time_max are required');
  const startTimeMin = Math.ceil(parsed(min, parseGoTime));
  const startTimeMax = Math.floor(parsed(max, parseGoTime));
  const depth = ['search_depth', 'num_traces'].flatMap((name) => given(parameters, name) ?? []);
  const limit = depth[0] && parsed(depth[0], (text) => Number(parseGoInt(text, 64, 'Atoi')));
  const durationMin = read(parameters, 'duration_min', durationText);
  const durationMax = read(parameters, 'duration_max', durationText);
  return {
    serviceName: given(parameters, 'service_name')?.text ?? '',
    ...(operationName !== undefined && { operationName }),
    tags: new Map(attributes),
    startTimeMin,
    startTimeMax,
    ...(durationMin && { durationMin }),
    ...(durationMax && { durationMax }),
    limit: limit === undefined ? DEFAULT_DEPTH : limit > 0 ? limit : Number.POSITIVE_INFINITY,
  };
}

interface Given {
  readonly name: string;
  readonly text: string;
}

/** The parameter under the name that it is given by. */
function given(parameters: URLSearchParams, name: string): Given | undefined {
  const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  for (const known of [`query.${camel}`, `query.${name}`]) {
    const text = parameters.get(known);
    if (text) return { name: known, text };
  }
  return undefined;
}

function read<T>(
  parameters: URLSearchParams,
  name: string,
  parse: (text: string) => T,
): T | undefined {
  const found = given(parameters, name);
  return found && parsed(found, parse);
}

function parsed<T>({ name, text }: Given, parse: (text: string) => T): T {
  return withPrefix(`malformed parameter ${name}`, () => parse(text));
}
