import type { Micros, TraceId } from '@spoor/model';
import type { SearchOrder, TraceQuery } from '@spoor/storage-api';
import { isGoTrue } from './go-boolean.ts';
import { ParameterError } from './go-errors.ts';
import { parseGoInt } from './go-integer.ts';
import { durationText, integerParameter, parameter, withPrefix } from './parameter.ts';
import { parseTags } from './tags.ts';
import { traceIdParameter } from './trace-id.ts';

/** A search: for these traces if there are any, else by the query. */
export interface TraceSearch {
  readonly traceIds: readonly TraceId[];
  readonly query: TraceQuery;
}

const DEFAULT_LIMIT = 100;
/** Each costs a read of the store, whether it is there or not. */
const MAX_TRACE_IDS = 10_000;
const DEFAULT_WINDOW: Micros = 2 * 24 * 60 * 60 * 1e6;

/**
 * Reads the parameters of `/api/traces` as Jaeger does: `service`, `operation`, `start` and `end` (µs), `tag`,
 * `tags`, `limit` (0 and less for all), `minDuration`, `maxDuration`, `traceID`; and, of ours, `sort`: which traces the
 * limit leaves, `most-recent` or `longest-first`; and `allServices`: `true` in place of a service. Others are passed over;
 * an empty one counts as absent. Throws `ParameterError` for the first that is wrong, in Jaeger's order. `now` in µs.
 */
export function traceSearch(parameters: URLSearchParams, now: Micros): TraceSearch {
  const serviceName = parameters.get('service') ?? '';
  const operationName = parameters.get('operation') ?? '';
  const startTimeMin = integerParameter(parameters, 'start') ?? now - DEFAULT_WINDOW;
  const startTimeMax = integerParameter(parameters, 'end') ?? now;
  const tags = parseTags(parameters.getAll('tag'), parameters.getAll('tags'));
  const limit = parameters.get('limit') || String(DEFAULT_LIMIT);
  const traces = Number(parseGoInt(limit, 32));
  const durationMin = duration(parameters, 'minDuration');
  const durationMax = duration(parameters, 'maxDuration');
  const traceIds = traceIdsOf(parameters.getAll('traceID'));
  const order = sortOrder(parameters.get('sort') ?? '');
  const allServices = isGoTrue(parameters.get('allServices') ?? '');
  if (traceIds.length === 0 && serviceName === '' && !allServices)
    throw new ParameterError("parameter 'service' is required");
  if (serviceName !== '' && allServices)
    throw new ParameterError("parameters 'service' and 'allServices' exclude each other");
  if (durationMin !== undefined && durationMax !== undefined && durationMax < durationMin)
    throw new ParameterError("'maxDuration' should be greater than 'minDuration'");
  return {
    traceIds,
    query: {
      ...(!allServices && { serviceName }),
      ...(operationName !== '' && { operationName }),
      tags,
      startTimeMin,
      startTimeMax,
      ...(durationMin !== undefined && { durationMin }),
      ...(durationMax !== undefined && { durationMax }),
      limit: traces > 0 ? traces : Number.POSITIVE_INFINITY,
      ...(order && { order }),
    },
  };
}

/** A duration of zero is none, as in Jaeger. */
function duration(parameters: URLSearchParams, name: string): Micros | undefined {
  return parameter(parameters, name, durationText) || undefined;
}

function sortOrder(text: string): SearchOrder | undefined {
  if (text === '') return undefined;
  if (text === 'most-recent' || text === 'longest-first') return text;
  throw new ParameterError(`parameter 'sort' is 'most-recent' or 'longest-first', not '${text}'`);
}

/** Each once, however often and in whatever spelling it is named. */
function traceIdsOf(texts: readonly string[]): TraceId[] {
  const ids = [...new Set(texts.map(traceIdOf))];
  if (ids.length <= MAX_TRACE_IDS) return ids;
  throw new ParameterError(`at most ${MAX_TRACE_IDS} traces can be named, not ${ids.length}`);
}

function traceIdOf(text: string): TraceId {
  return withPrefix('cannot parse traceID param', () => traceIdParameter(text));
}
