import { type Adjuster, adjust } from '@spoor/analysis';
import type { Trace } from '@spoor/model';
import type { Operation } from '@spoor/storage-api';
import { encodeOtlpJson, jsonText, otlpFromSpans } from '@spoor/wire';
import type { Answer } from '../api/answer.ts';
import { knownKinds } from '../operation-kinds.ts';
import { withPrefix } from '../parameters/parameter.ts';
import { traceIdParameter } from '../parameters/trace-id.ts';
import { v3Query } from '../parameters/v3-query.ts';
import { QueryError } from '../query-error.ts';
import type { Sources } from '../sources.ts';
import { traceSummary, traceSummaryJson } from './trace-summary.ts';

/** `/api/v3/services` */
export function services({ reader }: Sources): Answer {
  return async () => [`{"services":${jsonText(await reader.services())}}`];
}

/** `/api/v3/operations?service=…&span_kind=…` */
export function operations({ reader }: Sources): Answer {
  return async ({ parameters }) => {
    const serviceName = parameters.get('service') ?? '';
    const kind = parameters.get('spanKind') || parameters.get('span_kind') || '';
    const found: Operation[] = knownKinds(await reader.operations({ serviceName }), kind);
    return [`{"operations":${jsonText(found)}}`];
  };
}

/** `/api/v3/traces/:id`: as it was stored, not adjusted. */
export function traceById({ reader }: Sources): Answer {
  return async ({ subject }) => {
    const id = withPrefix('malformed parameter trace_id', () => traceIdParameter(subject));
    const trace = await reader.trace(id);
    if (trace === undefined) throw new QueryError('no-trace');
    return tracesData([trace]);
  };
}

/** `/api/v3/traces?query.…`: one trace after the other is read while the answer is sent. */
export function traces({ reader }: Sources): Answer {
  return async ({ parameters }) => tracesData(reader.findTraces(v3Query(parameters)));
}

/** `/api/v3/trace-summaries?query.…`, since Jaeger 2: what is summed up is adjusted. */
export function traceSummaries({ reader }: Sources, adjusters: readonly Adjuster[]): Answer {
  return async ({ parameters }) =>
    listed('{"summaries":[', reader.findTraces(v3Query(parameters)), ']}', (trace) => [
      traceSummaryJson(traceSummary(adjust(trace, adjusters))),
    ]);
}

function tracesData(found: Iterable<Trace> | AsyncIterable<Trace>): AsyncGenerator<string> {
  return listed('{"result":{"resourceSpans":[', found, ']}}', ({ spans }) =>
    encodeOtlpJson(otlpFromSpans(spans)),
  );
}

async function* listed(
  before: string,
  found: Iterable<Trace> | AsyncIterable<Trace>,
  after: string,
  items: (trace: Trace) => Iterable<string>,
): AsyncGenerator<string> {
  yield before;
  let separator = '';
  for await (const trace of found) {
    for (const item of items(trace)) {
      yield separator + item;
      separator = ',';
    }
  }
  yield after;
}
