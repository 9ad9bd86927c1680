import type { Trace, TraceId } from '@spoor/model';
import { jsonText } from '@spoor/wire';
import { pieces } from './pieces.ts';
import { traceJson } from './trace-json.ts';

/** One of the envelope's errors; `traceID` where a search by ids misses one. */
export interface EnvelopeError {
  readonly code?: number;
  readonly msg: string;
  readonly traceID?: TraceId;
}

/** Jaeger's envelope round a list; `total` is its length. A list that Go left nil is null. */
export function listEnvelope(data: readonly unknown[] | null): string {
  return `{"data":${jsonText(data)},"total":${data?.length ?? 0},"limit":0,"offset":0,"errors":null}`;
}

/** Jaeger's envelope where it leaves `total` 0. */
export function plainEnvelope(data: readonly unknown[]): string {
  return `{"data":${jsonText(data)},"total":0,"limit":0,"offset":0,"errors":null}`;
}

/** Jaeger's envelope round what is no list. */
export function valueEnvelope(data: number): string {
  return `{"data":${data},"total":0,"limit":0,"offset":0,"errors":null}`;
}

/** What Jaeger says to something that is done. */
export function doneEnvelope(): string {
  return '{"data":[],"total":0,"limit":0,"offset":0,"errors":[]}';
}

/**
 * The envelope round traces, in parts; a trace is asked for when all before it are written. `total` is 0, as Jaeger
 * leaves it. `errors` are written last: what is found out while traces are read may still be added.
 */
export async function* tracesEnvelope(
  traces: Iterable<Trace> | AsyncIterable<Trace>,
  errors: readonly EnvelopeError[] = [],
): AsyncGenerator<string> {
  yield '{"data":[';
  let first = true;
  for await (const trace of traces) {
    if (!first) yield ',';
    first = false;
    yield* pieces(traceJson(trace));
  }
  const told = errors.length === 0 ? 'null' : jsonText(errors);
  yield `],"total":0,"limit":0,"offset":0,"errors":${told}}`;
}

export function errorEnvelope(code: number, msg: string): string {
  return `{"data":null,"total":0,"limit":0,"offset":0,"errors":${jsonText([{ code, msg }])}}`;
}
