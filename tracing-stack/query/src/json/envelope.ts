import type { Trace, TraceId } from '@spoor/model';
import { jsonText } from './json-text.ts';
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

/** The envelope round traces, in parts. `total` is 0, as Jaeger leaves it. */
export function* tracesEnvelope(
  traces: Iterable<Trace>,
  errors: readonly EnvelopeError[] = [],
): Generator<string> {
  yield '{"data":[';
  let first = true;
  for (const trace of traces) {
    if (!first) yield ',';
    first = false;
    yield* traceJson(trace);
  }
  const told = errors.length === 0 ? 'null' : jsonText(errors);
  yield `],"total":0,"limit":0,"offset":0,"errors":${told}}`;
}

export function errorEnvelope(code: number, msg: string): string {
  return `{"data":null,"total":0,"limit":0,"offset":0,"errors":${jsonText([{ code, msg }])}}`;
}
