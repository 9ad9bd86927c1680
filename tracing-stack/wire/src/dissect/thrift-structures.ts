import { bytes, choice, holding, id, micros, type Structure, text } from './structure.ts';

// protos/jaeger.thrift, protos/zipkincore.thrift, and the calls of protos/agent.thrift, with the names that stand there.

const TAG: Structure = {
  name: 'Tag',
  fields: {
    1: text('key'),
    2: choice('vType', ['STRING', 'DOUBLE', 'BOOL', 'LONG', 'BINARY']),
    3: text('vStr'),
    4: text('vDouble'),
    5: text('vBool'),
    6: text('vLong'),
    7: bytes('vBinary'),
  },
};

const LOG: Structure = {
  name: 'Log',
  fields: { 1: micros('timestamp'), 2: holding('fields', TAG) },
};

const SPAN_REF: Structure = {
  name: 'SpanRef',
  is: 'reference',
  fields: {
    1: choice('refType', ['CHILD_OF', 'FOLLOWS_FROM']),
    2: id('traceIdLow'),
    3: id('traceIdHigh'),
    4: id('spanId'),
  },
};

const SPAN: Structure = {
  name: 'Span',
  is: 'span',
  fields: {
    1: id('traceIdLow', 'traceId'),
    2: id('traceIdHigh', 'traceId'),
    3: id('spanId', 'spanId'),
    4: id('parentSpanId', 'parentId'),
    5: text('operationName'),
    6: holding('references', SPAN_REF),
    7: { name: 'flags', role: 'flags' },
    8: micros('startTime'),
    9: text('duration'),
    10: holding('tags', TAG),
    11: holding('logs', LOG),
  },
};

const PROCESS: Structure = {
  name: 'Process',
  fields: { 1: text('serviceName'), 2: holding('tags', TAG) },
};

const CLIENT_STATS: Structure = {
  name: 'ClientStats',
  fields: {
    1: text('fullQueueDroppedSpans'),
    2: text('tooLargeDroppedSpans'),
    3: text('failedToEmitSpans'),
  },
};

export const JAEGER_BATCH: Structure = {
  name: 'Batch',
  fields: {
    1: holding('process', PROCESS),
    2: holding('spans', SPAN),
    3: text('seqNo'),
    4: holding('stats', CLIENT_STATS),
  },
};

const ENDPOINT: Structure = {
  name: 'Endpoint',
  fields: {
    1: { name: 'ipv4', as: 'ip' },
    2: text('port'),
    3: text('service_name'),
    4: bytes('ipv6'),
  },
};

const ANNOTATION: Structure = {
  name: 'Annotation',
  fields: { 1: micros('timestamp'), 2: text('value'), 3: holding('host', ENDPOINT) },
};

const BINARY_ANNOTATION: Structure = {
  name: 'BinaryAnnotation',
  fields: {
    1: text('key'),
    2: text('value'),
    3: choice('annotation_type', ['BOOL', 'BYTES', 'I16', 'I32', 'I64', 'DOUBLE', 'STRING']),
    4: holding('host', ENDPOINT),
  },
};

export const ZIPKIN_SPAN: Structure = {
  name: 'Span',
  is: 'span',
  fields: {
    1: id('trace_id', 'traceId'),
    3: text('name'),
    4: id('id', 'spanId'),
    5: id('parent_id', 'parentId'),
    6: holding('annotations', ANNOTATION),
    8: holding('binary_annotations', BINARY_ANNOTATION),
    9: text('debug'),
    10: micros('timestamp'),
    11: text('duration'),
    12: id('trace_id_high', 'traceId'),
  },
};

/** The arguments of the calls that carry spans, by the methods' names, over UDP and TChannel. */
export const CALL_ARGUMENTS: Readonly<Record<string, Structure>> = {
  emitBatch: { name: 'emitBatch', fields: { 1: holding('batch', JAEGER_BATCH) } },
  emitZipkinBatch: { name: 'emitZipkinBatch', fields: { 1: holding('spans', ZIPKIN_SPAN) } },
  'Collector::submitBatches': {
    name: 'submitBatches',
    fields: { 1: holding('batches', JAEGER_BATCH) },
  },
  'ZipkinCollector::submitZipkinBatch': {
    name: 'submitZipkinBatch',
    fields: { 1: holding('spans', ZIPKIN_SPAN) },
  },
};
