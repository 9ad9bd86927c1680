import { type Adjuster, adjust } from '@spoor/analysis';
import type { Trace, TraceId } from '@spoor/model';
import { HttpError } from '../http/errors.ts';
import { type EnvelopeError, tracesEnvelope } from '../json/envelope.ts';
import type { MeasuredReader } from '../measured-reader.ts';
import { isGoTrue } from '../parameters/go-boolean.ts';
import { traceIdParameter } from '../parameters/trace-id.ts';
import { traceSearch } from '../parameters/trace-query.ts';
import type { Answer, Sources } from './answer.ts';

const TRACE_NOT_FOUND = 'trace not found';

/** `/api/traces/:id`; `raw=true` asks for what was stored. */
export function traceById({ reader }: Sources, adjusters: readonly Adjuster[]): Answer {
  return async ({ parameters, subject }) => {
    const trace = await reader.trace(traceIdParameter(subject));
    if (trace === undefined) throw new HttpError(404, TRACE_NOT_FOUND);
    const raw = isGoTrue(parameters.get('raw') ?? '');
    return tracesEnvelope(adjusted([trace], raw ? [] : adjusters));
  };
}

/**
 * `/api/traces?…`: a search, or the traces that are named. `raw` means nothing here, as in Jaeger. One trace after the
 * other is read while the answer is sent, so that memory does not grow with their number.
 */
export function traces({ reader, now }: Sources, adjusters: readonly Adjuster[]): Answer {
  return async ({ parameters }) => {
    const { traceIds, query } = traceSearch(parameters, now());
    if (traceIds.length === 0) return tracesEnvelope(adjusted(reader.findTraces(query), adjusters));
    const missing: EnvelopeError[] = [];
    const onMissing = (traceID: TraceId) => missing.push({ msg: TRACE_NOT_FOUND, traceID });
    return tracesEnvelope(adjusted(named(traceIds, reader, onMissing), adjusters), missing);
  };
}

/** `POST /api/archive/:id`. No store has an archive; a real Jaeger whose store has none says the same. */
export function archive(): Answer {
  return async ({ subject }) => {
    traceIdParameter(subject);
    throw new HttpError(500, 'archive span storage was not configured');
  };
}

async function* named(
  ids: readonly TraceId[],
  reader: MeasuredReader,
  onMissing: (id: TraceId) => void,
): AsyncGenerator<Trace> {
  for (const id of ids) {
    const trace = await reader.trace(id);
    if (trace) yield trace;
    else onMissing(id);
  }
}

async function* adjusted(
  found: Iterable<Trace> | AsyncIterable<Trace>,
  adjusters: readonly Adjuster[],
): AsyncGenerator<Trace> {
  for await (const trace of found) yield adjust(trace, adjusters);
}
