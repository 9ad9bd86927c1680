import {
  bytes,
  choice,
  type Field,
  holding,
  id,
  micros,
  nanos,
  type Structure,
  text,
} from './structure.ts';

// protos/model.proto and protos/collector.proto, protos/otlp.proto, protos/zipkin.proto, with the names that stand there.

const TIMESTAMP: Structure = {
  name: 'Timestamp',
  fields: { 1: text('seconds'), 2: text('nanos') },
};
const DURATION: Structure = { name: 'Duration', fields: { 1: text('seconds'), 2: text('nanos') } };

const TAG: Structure = {
  name: 'KeyValue',
  fields: {
    1: text('key'),
    2: choice('v_type', ['STRING', 'BOOL', 'INT64', 'FLOAT64', 'BINARY']),
    3: text('v_str'),
    4: text('v_bool'),
    5: text('v_int64'),
    6: text('v_float64'),
    7: bytes('v_binary'),
  },
};

const LOG: Structure = {
  name: 'Log',
  fields: { 1: holding('timestamp', TIMESTAMP), 2: holding('fields', TAG) },
};

const SPAN_REF: Structure = {
  name: 'SpanRef',
  is: 'reference',
  fields: {
    1: id('trace_id'),
    2: id('span_id'),
    3: choice('ref_type', ['CHILD_OF', 'FOLLOWS_FROM']),
  },
};

const PROCESS: Structure = {
  name: 'Process',
  fields: { 1: text('service_name'), 2: holding('tags', TAG) },
};

const JAEGER_SPAN: Structure = {
  name: 'Span',
  is: 'span',
  fields: {
    1: id('trace_id', 'traceId'),
    2: id('span_id', 'spanId'),
    3: text('operation_name'),
    4: holding('references', SPAN_REF),
    5: { name: 'flags', role: 'flags' },
    6: holding('start_time', TIMESTAMP),
    7: holding('duration', DURATION),
    8: holding('tags', TAG),
    9: holding('logs', LOG),
    10: holding('process', PROCESS),
    11: text('process_id'),
    12: text('warnings'),
  },
};

const JAEGER_BATCH: Structure = {
  name: 'Batch',
  fields: { 1: holding('spans', JAEGER_SPAN), 2: holding('process', PROCESS) },
};

export const POST_SPANS: Structure = {
  name: 'PostSpansRequest',
  fields: { 1: holding('batch', JAEGER_BATCH) },
};

/** Filled below: a value may hold values. */
const anyValue: Record<number, Field> = {};
const ANY_VALUE: Structure = { name: 'AnyValue', fields: anyValue };
const KEY_VALUE: Structure = {
  name: 'KeyValue',
  fields: { 1: text('key'), 2: holding('value', ANY_VALUE) },
};
Object.assign(anyValue, {
  1: text('string_value'),
  2: text('bool_value'),
  3: text('int_value'),
  4: text('double_value'),
  5: holding('array_value', { name: 'ArrayValue', fields: { 1: holding('values', ANY_VALUE) } }),
  6: holding('kvlist_value', { name: 'KeyValueList', fields: { 1: holding('values', KEY_VALUE) } }),
  7: bytes('bytes_value'),
});

const EVENT: Structure = {
  name: 'Event',
  fields: {
    1: nanos('time_unix_nano'),
    2: text('name'),
    3: holding('attributes', KEY_VALUE),
    4: text('dropped_attributes_count'),
  },
};

const LINK: Structure = {
  name: 'Link',
  fields: {
    1: id('trace_id'),
    2: id('span_id'),
    3: text('trace_state'),
    4: holding('attributes', KEY_VALUE),
    5: text('dropped_attributes_count'),
    6: text('flags'),
  },
};

const STATUS: Structure = {
  name: 'Status',
  fields: { 2: text('message'), 3: choice('code', ['UNSET', 'OK', 'ERROR']) },
};

const OTLP_SPAN: Structure = {
  name: 'Span',
  is: 'span',
  fields: {
    1: id('trace_id', 'traceId'),
    2: id('span_id', 'spanId'),
    3: text('trace_state'),
    4: id('parent_span_id', 'parentId'),
    5: text('name'),
    6: choice('kind', ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']),
    7: nanos('start_time_unix_nano'),
    8: nanos('end_time_unix_nano'),
    9: holding('attributes', KEY_VALUE),
    10: text('dropped_attributes_count'),
    11: holding('events', EVENT),
    12: text('dropped_events_count'),
    13: holding('links', LINK),
    14: text('dropped_links_count'),
    15: holding('status', STATUS),
    16: { name: 'flags', role: 'flags' },
  },
};

const SCOPE: Structure = {
  name: 'InstrumentationScope',
  fields: {
    1: text('name'),
    2: text('version'),
    3: holding('attributes', KEY_VALUE),
    4: text('dropped_attributes_count'),
  },
};

const SCOPE_SPANS: Structure = {
  name: 'ScopeSpans',
  fields: { 1: holding('scope', SCOPE), 2: holding('spans', OTLP_SPAN), 3: text('schema_url') },
};

const RESOURCE: Structure = {
  name: 'Resource',
  fields: { 1: holding('attributes', KEY_VALUE), 2: text('dropped_attributes_count') },
};

const RESOURCE_SPANS: Structure = {
  name: 'ResourceSpans',
  fields: {
    1: holding('resource', RESOURCE),
    2: holding('scope_spans', SCOPE_SPANS),
    3: text('schema_url'),
    1000: holding('deprecated_scope_spans', SCOPE_SPANS),
  },
};

export const EXPORT_TRACES: Structure = {
  name: 'ExportTraceServiceRequest',
  fields: { 1: holding('resource_spans', RESOURCE_SPANS) },
};

const ENDPOINT: Structure = {
  name: 'Endpoint',
  fields: {
    1: text('service_name'),
    2: { name: 'ipv4', as: 'ip' },
    3: bytes('ipv6'),
    4: text('port'),
  },
};

const ANNOTATION: Structure = {
  name: 'Annotation',
  fields: { 1: micros('timestamp'), 2: text('value') },
};

const MAP_ENTRY: Structure = { name: 'TagsEntry', fields: { 1: text('key'), 2: text('value') } };

const ZIPKIN_SPAN: Structure = {
  name: 'Span',
  is: 'span',
  fields: {
    1: id('trace_id', 'traceId'),
    2: id('parent_id', 'parentId'),
    3: id('id', 'spanId'),
    4: choice('kind', ['UNSPECIFIED', 'CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER']),
    5: text('name'),
    6: micros('timestamp'),
    7: text('duration'),
    8: holding('local_endpoint', ENDPOINT),
    9: holding('remote_endpoint', ENDPOINT),
    10: holding('annotations', ANNOTATION),
    11: holding('tags', MAP_ENTRY),
    12: text('debug'),
    13: text('shared'),
  },
};

export const LIST_OF_SPANS: Structure = {
  name: 'ListOfSpans',
  fields: { 1: holding('spans', ZIPKIN_SPAN) },
};
