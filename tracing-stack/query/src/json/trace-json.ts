import type { KeyValue, Log, Micros, Reference, Span, Trace } from '@spoor/model';
import { jsonString } from '@spoor/wire';
import { type KeyValuesJson, ProcessNames } from './process-names.ts';

/**
 * A trace as Jaeger's query API writes it, in parts to be joined, one for each span, so that a trace of any size can
 * be sent without being held as text as a whole. Written by hand because JSON.stringify knows no 64-bit integers.
 */
export function* traceJson(trace: Trace): Generator<string> {
  const processes = new ProcessNames();
  yield `{"traceID":"${trace.traceId}","spans":[`;
  let separator = '';
  for (const span of trace.spans) {
    const keyValues = span.overTChannel ? keyValuesAs117 : keyValuesJson;
    yield separator + spanJson(span, processes.nameOf(span.process, keyValues), keyValues);
    separator = ',';
  }
  const named = processes.entries().map(([name, process]) => `"${name}":${process}`);
  yield `],"processes":{${named.join(',')}},"warnings":${warningsJson(trace.warnings)}}`;
}

/** `flags` is left out when 0, and `warnings` is null when there are none. */
function spanJson(span: Span, processName: string, keyValues: KeyValuesJson): string {
  const flags = span.flags === 0 ? '' : `"flags":${span.flags},`;
  return (
    `{"traceID":"${span.traceId}","spanID":"${span.spanId}",${flags}` +
    `"operationName":${jsonString(span.operationName)},"references":[${span.references.map(referenceJson).join(',')}],` +
    `"startTime":${unsigned(span.startTime)},"duration":${unsigned(span.duration)},` +
    `"tags":${keyValues(span.tags)},"logs":[${span.logs.map((log) => logJson(log, keyValues)).join(',')}],` +
    `"processID":"${processName}","warnings":${warningsJson(span.warnings)}}`
  );
}

function referenceJson({ refType, traceId, spanId }: Reference): string {
  return `{"refType":"${refType}","traceID":"${traceId}","spanID":"${spanId}"}`;
}

function logJson({ timestamp, fields }: Log, keyValues: KeyValuesJson): string {
  return `{"timestamp":${unsigned(timestamp)},"fields":${keyValues(fields)}}`;
}

function keyValuesJson(keyValues: readonly KeyValue[]): string {
  return `[${keyValues.map((kv) => keyValueJson(kv, valueJson)).join(',')}]`;
}

/** As Jaeger 1.17 wrote them: an int64 is a number, whoever reads it, and no bytes are an empty text. */
function keyValuesAs117(keyValues: readonly KeyValue[]): string {
  return `[${keyValues.map((kv) => keyValueJson(kv, valueAs117)).join(',')}]`;
}

function valueAs117(kv: KeyValue): string {
  if (kv.type === 'int64') return String(kv.value);
  return kv.type === 'binary' && kv.value.length === 0 ? '""' : valueJson(kv);
}

function keyValueJson(kv: KeyValue, value: (kv: KeyValue) => string): string {
  return `{"key":${jsonString(kv.key)},"type":"${kv.type}","value":${value(kv)}}`;
}

function valueJson(kv: KeyValue): string {
  switch (kv.type) {
    case 'string':
      return jsonString(kv.value);
    case 'bool':
      return String(kv.value);
    case 'int64':
      return int64Json(kv.value);
    case 'float64':
      return float64Json(kv.value);
    case 'binary':
      // Go writes an empty slice that was decoded as nil.
      return kv.value.length === 0 ? 'null' : `"${Buffer.from(kv.value).toString('base64')}"`;
  }
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** As text where a reader with 64-bit floats would round it. */
function int64Json(value: bigint): string {
  return value > MAX_SAFE || value < -MAX_SAFE ? `"${value}"` : String(value);
}

/**
 * Go and JavaScript print floats alike but for minus zero. JSON has no NaN and no infinities; Jaeger answers 500 for
 * a trace that holds one and for every search that finds it, we write the name as text.
 */
function float64Json(value: number): string {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value > 0 ? '"+Inf"' : '"-Inf"';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Times are unsigned 64-bit integers in Jaeger's JSON; a negative one comes out as the bits it has in two's complement. */
function unsigned(micros: Micros): string {
  const whole = Math.floor(micros);
  return whole >= 0 && Number.isSafeInteger(whole)
    ? String(whole)
    : String(BigInt.asUintN(64, BigInt(whole)));
}

function warningsJson(warnings: readonly string[]): string {
  return warnings.length === 0 ? 'null' : `[${warnings.map(jsonString).join(',')}]`;
}
