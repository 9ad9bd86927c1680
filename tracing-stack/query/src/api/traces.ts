import { type Adjuster, adjust, ipTag, sortLogFields } from '@spoor/analysis';
import type { Trace, TraceId } from '@spoor/model';
import { archiveTrace } from '../archive-trace.ts';
import { doneEnvelope, type EnvelopeError, tracesEnvelope } from '../json/envelope.ts';
import type { MeasuredReader } from '../measured-reader.ts';
import { isGoTrue } from '../parameters/go-boolean.ts';
import { traceIdParameter } from '../parameters/trace-id.ts';
import { traceSearch } from '../parameters/trace-query.ts';
import { QueryError } from '../query-error.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';

/**
 * What was sent over TChannel is raw as Jaeger 1.17 had it in memory once somebody had read the trace: an adjuster changed
 * the only copy there was.
 */
const RAW: readonly Adjuster[] = [ipTag, sortLogFields].map(
  (adjuster) => (trace) =>
    trace.spans.some((span) => span.overTChannel) ? adjuster(trace) : trace,
);

/** `/api/traces/:id`; `raw=true` asks for what was stored. */
export function traceById({ reader }: Sources, adjusters: readonly Adjuster[]): Answer {
  return async ({ parameters, subject }) => {
    const trace = await reader.trace(traceIdParameter(subject));
    if (trace === undefined) throw new QueryError('no-trace');
    const raw = isGoTrue(parameters.get('raw') ?? '');
    return tracesEnvelope(adjusted([trace], raw ? RAW : adjusters));
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
    const onMissing = (traceID: TraceId) =>
      missing.push({ msg: new QueryError('no-trace').message, traceID });
    return tracesEnvelope(adjusted(named(traceIds, reader, onMissing), adjusters), missing);
  };
}

/** `POST /api/archive/:id` */
export function archive(sources: Sources): Answer {
  return async ({ subject }) => {
    await archiveTrace(sources, traceIdParameter(subject));
    return [doneEnvelope()];
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
