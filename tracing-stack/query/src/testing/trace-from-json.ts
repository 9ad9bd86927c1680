import type { EnvelopeJson, KeyValueJson, SpanJson, TraceJson } from '@spoor/analysis';
import type { KeyValue, Log, Process, Span, Trace } from '@spoor/model';

/**
 * Reads an answer of the query API back into the model: what was recorded of a real Jaeger becomes a test's input.
 * Integers that JSON.parse would round are read as strings.
 */
export function tracesFromJson(text: string): Trace[] {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return ((JSON.parse(exact) as EnvelopeJson<TraceJson[]>).data ?? []).map(traceFromJson);
}

function traceFromJson(json: TraceJson): Trace {
  const processes = new Map<string, Process>(
    Object.entries(json.processes).map(([name, { serviceName, tags }]) => [
      name,
      { serviceName, tags: keyValues(tags) },
    ]),
  );
  return {
    traceId: json.traceID,
    spans: json.spans.map((span) => spanFromJson(span, processes)),
    warnings: json.warnings ?? [],
  };
}

function spanFromJson(json: SpanJson, processes: ReadonlyMap<string, Process>): Span {
  const process = processes.get(json.processID);
  if (process === undefined) throw new Error(`no process ${json.processID}`);
  return {
    traceId: json.traceID,
    spanId: json.spanID,
    operationName: json.operationName,
    references: (json.references ?? []).map(({ refType, traceID, spanID }) => ({
      refType,
      traceId: traceID,
      spanId: spanID,
    })),
    flags: json.flags ?? 0,
    startTime: signed(json.startTime),
    duration: signed(json.duration),
    tags: keyValues(json.tags),
    logs: (json.logs ?? []).map(
      ({ timestamp, fields }): Log => ({
        timestamp: signed(timestamp),
        fields: keyValues(fields),
      }),
    ),
    process,
    warnings: json.warnings ?? [],
  };
}

function keyValues(pairs: readonly KeyValueJson[] | null | undefined): KeyValue[] {
  return (pairs ?? []).map(keyValue);
}

function keyValue({ key, type, value }: KeyValueJson): KeyValue {
  switch (type) {
    case 'string':
      return { key, type, value: value as string };
    case 'bool':
      return { key, type, value: value as boolean };
    case 'int64':
      return { key, type, value: BigInt(value as number | string) };
    case 'float64':
      return { key, type, value: Number(value) };
    case 'binary':
      return { key, type, value: Buffer.from((value as string | null) ?? '', 'base64') };
    default:
      throw new Error(`${key} is of the unknown type ${type}`);
  }
}

function signed(value: number | string): number {
  return Number(BigInt.asIntN(64, BigInt(value)));
}
